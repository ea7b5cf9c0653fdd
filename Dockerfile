# One image, three commands: worker, api (which serves the page), migrate.
FROM node:22-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci --omit=dev && npm cache clean --force

FROM dependencies AS build
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json /app/tsconfig.json /app/config.ts ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=dependencies /app/prisma/generated ./prisma/generated
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/domain ./domain
COPY --from=build /app/workflows ./workflows
COPY --from=build /app/activities ./activities
COPY --from=build /app/evidence ./evidence
COPY --from=build /app/templates ./templates
COPY --from=build /app/api ./api
COPY --from=build /app/cli ./cli
COPY --from=build /app/embedded ./embedded
COPY --from=build /app/dist ./dist
RUN mkdir -p /var/lib/abide && chown -R node:node /var/lib/abide
USER node
VOLUME /var/lib/abide
EXPOSE 8420
ENTRYPOINT ["node", "cli/abide.mjs"]
CMD ["api"]
