FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With the optional packages: the native parts of the console's build are among them.
RUN npm ci
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY migrations migrations
COPY src src
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# What runs, without what it was made from; the commands of package.json work here as they do in a checkout.
COPY --chown=node:node package.json ./
COPY --chown=node:node scripts/ensure-ready.mjs scripts/ensure-ready.mjs
COPY --from=build --chown=node:node /app/node_modules node_modules
COPY --from=build --chown=node:node /app/dist dist
USER node
EXPOSE 4000
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
