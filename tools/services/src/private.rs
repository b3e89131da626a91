//! What makes a server private: a free port of 127.0.0.1, a secret, a directory that is deleted with it.

use std::{
    env,
    fs::File,
    io::Read as _,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::shutdown::{self, Cleanup};

const CHOICE: &str = "HEARTH_TEST_SERVERS";

/// Whether servers that are installed on the machine may be started (as our own processes).
pub(crate) fn may_use_system() -> Result<bool> {
    match env::var(CHOICE).as_deref() {
        Err(_) | Ok("" | "system") => Ok(true),
        Ok("private") => Ok(false),
        Ok(other) => bail!("{CHOICE} is `{other}`; it may be `system` or `private`"),
    }
}

/// A port that was free just now.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("find a free port")?;
    Ok(listener.local_addr().context("find a free port")?.port())
}

/// 128 random bits in hexadecimal digits.
pub fn secret() -> Result<String> {
    let mut bytes = [0_u8; 16];
    let mut source = File::open("/dev/urandom").context("open the source of randomness")?;
    source.read_exact(&mut bytes).context("read random bytes")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A directory that is deleted however the program ends.
pub struct Scratch {
    path: PathBuf,
    _delete: Cleanup,
}

impl Scratch {
    /// Creates a directory with this word in its name.
    pub fn new(name: &str) -> Result<Self> {
        let dir = TempDir::with_prefix(format!("hearth-{name}-"))
            .context("create a directory for a server")?;
        let path = dir.keep();
        let doomed = path.clone();
        // Whatever cannot be deleted remains in the system's directory for temporary files.
        let delete = shutdown::at_end(move || drop(std::fs::remove_dir_all(doomed)));
        Ok(Self {
            path,
            _delete: delete,
        })
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
