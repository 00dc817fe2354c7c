# syntax=docker/dockerfile:1
# Builds Netwerk in one stage, and runs it in another that has no builder in it.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/netwerk
WORKDIR /src
COPY requirements.txt ./
RUN /opt/netwerk/bin/pip install --no-deps --require-hashes -r requirements.txt
COPY setup.py setup.cfg pyproject.toml README.md LICENSE ./
COPY netwerk ./netwerk
COPY graph_schema ./graph_schema
COPY templates ./templates
COPY static ./static
RUN /opt/netwerk/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 netwerk \
 && useradd --system --uid 10001 --gid netwerk --home-dir /var/lib/netwerk --create-home netwerk
COPY --from=build /opt/netwerk /opt/netwerk
ENV PATH=/opt/netwerk/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    NETWERK_STORE=sqlite:////var/lib/netwerk/netwerk.db
USER netwerk
WORKDIR /var/lib/netwerk
VOLUME /var/lib/netwerk
EXPOSE 5000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:5000/health/ready', timeout=4)"]
CMD ["netwerk", "serve", "--host", "0.0.0.0"]
