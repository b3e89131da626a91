//! Resolves commits of the repository, and checks one out in a separate worktree.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};
use services::{Context, process::ask, progress::Step};

/// The full hash of the commit that a revision names.
pub(super) fn resolve(root: &Path, revision: &str) -> Result<String> {
    let mut git = git(root);
    git.args(["rev-parse", "--verify", "--end-of-options"])
        .arg(format!("{revision}^{{commit}}"));
    let output = git.output().context("start git")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "--against {revision}: no commit of this repository is called so ({})",
            said.trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The commit that the working tree is based on.
pub(super) fn head(root: &Path) -> Option<String> {
    ask(git(root).args(["rev-parse", "HEAD"]))
}

/// Whether the working tree differs from its commit. Benchmark reports do not count.
pub(super) fn is_changed(root: &Path) -> bool {
    let mut git = git(root);
    git.args(["status", "--porcelain", "--", ".", ":(exclude)docs/bench"]);
    ask(&mut git).is_some_and(|changes| !changes.is_empty())
}

/// Checks out a commit as a git worktree, in a directory that is used for nothing else. The worktree stays registered
/// for the next time: then only files that differ are written, so that cargo rebuilds only what they affect.
pub(super) fn check_out(context: &Context, step: &Step, tree: &Path, commit: &str) -> Result<()> {
    let root = &context.layout.root;
    let mut git = if is_worktree(root, tree) {
        let mut git = git(tree);
        git.args(["checkout", "--quiet", "--force", "--detach", commit]);
        git
    } else {
        if tree.exists() {
            fs::remove_dir_all(tree).with_context(|| format!("remove {}", tree.display()))?;
        }
        let mut git = git(root);
        // `--force`, because the worktree may still be registered after its directory is gone.
        git.args(["worktree", "add", "--quiet", "--force", "--detach"]);
        git.arg(tree).arg(commit);
        git
    };
    context.run(step, &mut git).map(drop)
}

/// Whether a directory is a worktree of this repository. In any other directory, git would use the next repository
/// above it, which is the one being worked in.
fn is_worktree(root: &Path, tree: &Path) -> bool {
    let path = |dir: &Path, what: &str| -> Option<PathBuf> {
        let said = ask(git(dir).args(["rev-parse", "--path-format=absolute", what]))?;
        fs::canonicalize(said).ok()
    };
    let common = "--git-common-dir";
    tree.join(".git").is_file()
        && path(tree, "--show-toplevel") == fs::canonicalize(tree).ok()
        && path(tree, common).is_some_and(|dir| path(root, common) == Some(dir))
}

fn git(dir: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(dir);
    // In a git hook, these may name another repository and index.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(variable);
    }
    git
}

#[cfg(test)]
mod tests {
    use super::*;
    use services::{layout::Layout, progress::Progress};

    /// A repository with two commits, the second of which is checked out.
    fn repository() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let run = |args: &[&str]| {
            let mut git = git(dir.path());
            git.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
            let output = git.args(args).output().unwrap();
            assert!(output.status.success(), "{args:?}: {output:?}");
        };
        run(&["init", "--quiet"]);
        for text in ["one", "two"] {
            fs::write(dir.path().join("file"), text).unwrap();
            run(&["add", "file"]);
            run(&["commit", "--quiet", "--message", text]);
        }
        run(&["tag", "here"]);
        dir
    }

    #[test]
    fn revisions_are_resolved() {
        let dir = repository();
        let root = dir.path();
        let head = head(root).unwrap();
        for name in ["HEAD", "here", &head, &head[..8]] {
            assert_eq!(resolve(root, name).unwrap(), head, "{name}");
        }
        assert_ne!(resolve(root, "HEAD~1").unwrap(), head);
        for wrong in ["HEAD~2", "nowhere", "--all", "", "HEAD:file"] {
            let error = resolve(root, wrong).unwrap_err().to_string();
            assert!(error.contains("no commit of this repository"), "{error}");
        }
    }

    #[test]
    fn a_worktree_follows_the_commits() {
        let dir = repository();
        let target = dir.path().join("target");
        let context = Context {
            layout: Layout {
                root: dir.path().to_owned(),
                target: target.clone(),
                cache: dir.path().join("cache"),
            },
            progress: Progress::begin(),
        };
        let tree = target.join("tree");
        let check_out = |revision: &str| {
            let commit = resolve(dir.path(), revision).unwrap();
            let step = |step: &Step| check_out(&context, step, &tree, &commit);
            context.progress.step("checking out", step).unwrap();
            fs::read_to_string(tree.join("file")).unwrap()
        };
        assert_eq!(check_out("HEAD~1"), "one");
        assert_eq!(check_out("HEAD"), "two");
        // Local edits are not part of the commit.
        fs::write(tree.join("file"), "other").unwrap();
        assert_eq!(check_out("HEAD"), "two");
        // As `cargo clean` leaves it: still registered with git, but deleted.
        fs::remove_dir_all(&tree).unwrap();
        assert_eq!(check_out("HEAD~1"), "one");
        // Without its own `.git`, the checkout must not go to the repository above.
        fs::remove_file(tree.join(".git")).unwrap();
        assert_eq!(check_out("HEAD~1"), "one");
        let above = fs::read_to_string(dir.path().join("file")).unwrap();
        assert_eq!(above, "two");
    }

    #[test]
    fn changes_are_detected() {
        let dir = repository();
        assert!(!is_changed(dir.path()));
        fs::create_dir_all(dir.path().join("docs/bench")).unwrap();
        fs::write(dir.path().join("docs/bench/against.json"), "{}").unwrap();
        assert!(!is_changed(dir.path()));
        fs::write(dir.path().join("file"), "three").unwrap();
        assert!(is_changed(dir.path()));
    }

    #[test]
    fn only_a_worktree_of_the_same_repository_counts() {
        let (dir, other) = (repository(), repository());
        let (root, below) = (dir.path(), dir.path().join("target/tree"));
        fs::create_dir_all(&below).unwrap();
        assert!(!is_worktree(root, root), "the main working tree");
        assert!(
            !is_worktree(root, &below),
            "git would use the repository above"
        );
        fs::remove_dir(&below).unwrap();
        let mut add = git(root);
        add.args(["worktree", "add", "--quiet", "--detach"]);
        assert!(add.arg(&below).output().unwrap().status.success());
        assert!(is_worktree(root, &below));
        assert!(
            !is_worktree(other.path(), &below),
            "a worktree of another repository"
        );
    }
}
