/** What `--help` prints. */
export const HELP = `dify-file-drop proxy
  A server that takes uploads and messages from browsers and passes them to Dify with your API key, which stays here.
  Browsers use it under any path: /files/upload, /parameters, /chat-messages … and /health for your balancer.

Environment
  DIFY_API_KEY             the API key of your Dify app (app-…). Required
  DIFY_BASE_URL            Dify's API, up to and with /v1                              [https://api.dify.ai/v1]

  Who may: one of these is required
  AUTHORIZE_URL            an address of your backend. Asked with the caller's Cookie and Authorization;
                           answers 200 { "user": "…" }, or 401
  ANONYMOUS_SECRET         32 characters or more (openssl rand -hex 32): visitors without accounts get a signed
                           cookie. To change it, put the new one first and the old one behind a comma
  ANONYMOUS_EMBED=1        your page is shown in frames of other sites
  ANONYMOUS_INSECURE=1     plain http, in development

  PORT, HOST               where to listen                                             [8080, 127.0.0.1]
  ALLOW_ORIGINS            origins of other sites that may use it, between commas
  PUBLIC_ORIGIN            the origin under which browsers see this server
  TRUST_PROXY              how many reverse proxies of your own stand in front         [0]

  MAX_IMAGE_MB, MAX_DOCUMENT_MB, MAX_AUDIO_MB, MAX_VIDEO_MB
                           your own limits below Dify's
  REDIS_URL                count limits in Redis, together with the other replicas
  RATE_PER_USER, RATE_PER_ADDRESS                requests a minute                     [120, 600]
  CONCURRENT_PER_USER, CONCURRENT_PER_ADDRESS    requests at once                      [6, 30]

  HEADERS_TIMEOUT_SECONDS  to say what one wants                                       [10]
  STALL_TIMEOUT_SECONDS    for the next bytes of an upload                             [60]
  UPLOAD_TIMEOUT_SECONDS   for all of them                                             [3600]
  IDLE_TIMEOUT_SECONDS     for the next request over an open connection                [65]
  SHUTDOWN_SECONDS         for what runs when it is told to stop                       [30]
  LOG                      json: a line a request on stdout; off                       [json]

  Rate limits need the package rate-limiter-flexible, REDIS_URL needs ioredis too:
  npx -p dify-file-drop -p rate-limiter-flexible -p ioredis dify-file-drop proxy`
