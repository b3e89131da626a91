//! A COMMIT that PostgreSQL does not answer, because the connection ends: the edit is acknowledged if it
//! has happened, it happens once, and nothing else that the server may say is taken for it.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
};
use url::Url;

use crate::support::{On, Server};

/// What becomes of the next COMMIT of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Next {
    /// It is answered.
    Answered,
    /// It arrives, and its answer does not.
    Unanswered,
    /// It does not arrive.
    Lost,
}

/// The way to PostgreSQL.
#[derive(Clone)]
struct Proxy {
    next: Arc<AtomicU8>,
}

impl Proxy {
    fn set(&self, next: Next) {
        self.next.store(next as u8, Ordering::SeqCst);
    }

    /// What becomes of a COMMIT now; those after it are answered.
    fn take(&self) -> Next {
        match self.next.swap(Next::Answered as u8, Ordering::SeqCst) {
            1 => Next::Unanswered,
            2 => Next::Lost,
            _ => Next::Answered,
        }
    }

    /// Listens, and returns where.
    async fn listen(&self, server: String) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let proxy = self.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(proxy.clone().connect(client, server));
            }
        });
        port
    }

    async fn connect(self, client: TcpStream, server: TcpStream) {
        let (from_client, mut to_client) = client.into_split();
        let (mut from_server, to_server) = server.into_split();
        tokio::select! {
            () = self.forward(from_client, to_server) => {}
            _ = copy(&mut from_server, &mut to_client) => {}
        }
    }

    /// Forwards what the client says, until the connection shall end.
    async fn forward(
        &self,
        mut client: impl AsyncRead + Unpin,
        mut server: impl AsyncWrite + Unpin,
    ) {
        let mut buffer = vec![0; 1 << 16];
        let mut is_edit = false;
        while let Ok(length @ 1..) = client.read(&mut buffer).await {
            let said = &buffer[..length];
            let says = |words: &[u8]| said.windows(words.len()).any(|part| part == words);
            is_edit |= says(b"INSERT INTO \"edits\"");
            let next = if is_edit && says(b"COMMIT\0") {
                self.take()
            } else {
                Next::Answered
            };
            if next == Next::Lost || server.write_all(said).await.is_err() || next != Next::Answered
            {
                return;
            }
        }
    }
}

/// A node that reaches PostgreSQL through a proxy, and a connection without one.
struct Fixture {
    node: Server,
    proxy: Proxy,
    direct: PgConnection,
}

impl Fixture {
    /// `None` without PostgreSQL.
    async fn new() -> Option<Self> {
        let seeded = Server::start(On::Postgres).await?;
        let mut url = Url::parse(seeded.url()).unwrap();
        let direct = PgConnection::connect(url.as_str()).await.unwrap();
        let proxy = Proxy {
            next: Arc::new(AtomicU8::new(Next::Answered as u8)),
        };
        let address = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
        let port = proxy.listen(address).await;
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(port)).unwrap();
        Some(Self {
            node: Server::over(url.as_str()).await,
            proxy,
            direct,
        })
    }

    /// Edits a home, the COMMIT of which does not go well, and looks what is there.
    async fn edit(&mut self, next: Next, price: i64) {
        let before = self.version().await;
        self.proxy.set(next);
        let text = format!("{price}.00");
        let edited = self
            .node
            .patch("/api/properties/7/", json!({ "price": text }))
            .await;
        assert_eq!(edited.status, 200, "{next:?}: {}", edited.text());
        assert_eq!(edited.json()["price"], text, "{next:?}");
        assert_eq!(self.proxy.take(), Next::Answered, "no COMMIT was seen");
        let stored = "SELECT price_cents / 100 FROM properties WHERE id = 7";
        assert_eq!(self.number(stored).await, price, "{next:?}");
        assert_eq!(self.version().await, before + 1, "{next:?}");
    }

    async fn version(&mut self) -> i64 {
        self.number("SELECT version FROM properties WHERE id = 7")
            .await
    }

    async fn number(&mut self, sql: &'static str) -> i64 {
        let number = sqlx::query_scalar(sql).fetch_one(&mut self.direct).await;
        number.unwrap()
    }
}

#[tokio::test]
async fn an_edit_whose_commit_is_not_answered_happens_once() {
    let Some(mut fixture) = Fixture::new().await else {
        return;
    };
    let ways = [Next::Unanswered, Next::Lost, Next::Unanswered, Next::Lost];
    for (next, price) in ways.into_iter().zip(1_100_000..) {
        fixture.edit(next, price).await;
    }
}

/// After a crash, PostgreSQL gives the numbers of transactions that were lost with it to others. Until it
/// does, it calls them invalid.
#[tokio::test]
async fn another_transaction_with_the_number_of_a_lost_one_is_not_taken_for_it() {
    let Some(mut fixture) = Fixture::new().await else {
        return;
    };
    let answers = [
        "RETURN 'committed'",
        "RETURN 'aborted'",
        "RETURN NULL",
        "RAISE 'transaction ID is in the future' USING ERRCODE = 'invalid_parameter_value'",
    ];
    for (says, price) in answers.into_iter().zip(1_100_000..) {
        // What the server says is replaced, for all new connections: the nodes' end.
        let pretend = format!(
            "CREATE OR REPLACE FUNCTION public.pg_xact_status(xid8) RETURNS text LANGUAGE plpgsql \
               AS $$ BEGIN {says}; END $$; \
             DO $$ BEGIN \
               EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database()); \
             END $$; \
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()"
        );
        let pretend = sqlx::raw_sql(AssertSqlSafe(pretend));
        pretend.execute(&mut fixture.direct).await.unwrap();
        fixture.edit(Next::Lost, price).await;
    }
}
