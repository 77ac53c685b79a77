# The proxy as a server of its own: `dify-file-drop proxy`, with limits counted in Redis where REDIS_URL is set.
#   docker build -t dify-file-drop .
#   docker run -p 8080:8080 -e DIFY_API_KEY=app-… -e ANONYMOUS_SECRET=$(openssl rand -hex 32) dify-file-drop
FROM node:24-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts --loglevel=error && npm run build && mkdir packed && npm pack --pack-destination packed --loglevel=error

# The tarball's server half needs no packages but these two.
FROM node:24-slim AS install
WORKDIR /app
COPY --from=build /build/packed ./packed
RUN npm init -y >/dev/null \
 && npm install --omit=dev --omit=peer --ignore-scripts --loglevel=error ./packed/dify-file-drop-*.tgz rate-limiter-flexible@11.4.0 ioredis@6.0.0

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=install /app/node_modules ./node_modules
USER node
EXPOSE 8080
# Node itself, not npm: it hears SIGTERM, and running uploads finish.
CMD ["node", "node_modules/dify-file-drop/dist/cli/index.js", "proxy"]
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
