# docker build -t tutorbot .          docs/deploy.md says how it is run.

FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock requirements-run.lock ./
# What builds the wheel is locked too; nothing of it is in the second stage.
RUN python -m venv /build \
 && /build/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
RUN python -m venv /app \
 && /app/bin/pip install --no-cache-dir --require-hashes --requirement requirements-run.lock
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY tutorbot tutorbot
COPY content content
RUN /build/bin/pip wheel --no-deps --no-index --no-build-isolation --wheel-dir /dist . \
 && /app/bin/pip install --no-deps --no-index /dist/*.whl \
 && /app/bin/python -m pip uninstall --yes pip

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin tutorbot
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    XDG_DATA_HOME=/data \
    TUTORBOT_HEALTH_PORT=9464
USER 10001
WORKDIR /data
# The database, unless DATABASE_URL names another.
VOLUME /data
# Slack's requests, where the command is `web`.
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", "import http.client, os; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['TUTORBOT_HEALTH_PORT']), timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["tutorbot"]
CMD ["run"]
