# docker build -t hearth .
# docker run -p 3000:3000 -v hearth:/data hearth
#
# The image has Debian's base and one file. It needs no root, and a read-only root is enough for it:
# all that it writes is the SQLite file in /data, and nothing at all with DATABASE_URL=postgres://….
# compose.yaml and ops/kubernetes run it so; `cargo xtask stack` proves that it works.

FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
# xtask gets the rest itself (the WebAssembly target, Node.js). What it downloads and compiles outlives a build.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/var/cache/hearth \
    export XDG_CACHE_HOME=/var/cache CARGO_TARGET_DIR=/var/cache/hearth/target \
    && rm -rf "$CARGO_TARGET_DIR/hearth/dist" \
    && cargo xtask dist \
    && mkdir -p /image/data \
    && tar --extract --gzip --file "$(ls "$CARGO_TARGET_DIR"/hearth/dist/hearth-*.tar.gz)" --directory /image \
        --strip-components=1 --no-wildcards-match-slash --wildcards '*/hearth'

FROM debian:bookworm-slim
COPY --from=build /image/hearth /usr/local/bin/hearth
# A new volume takes its owner from here.
COPY --from=build --chown=10001:10001 /image/data /data
USER 10001:10001
ENV LEPTOS_SITE_ADDR=0.0.0.0:3000 \
    DATABASE_URL=sqlite:///data/hearth.db
VOLUME /data
WORKDIR /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# The first start fills an empty database before it listens.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["hearth", "health"]
ENTRYPOINT ["hearth"]
CMD ["serve"]
