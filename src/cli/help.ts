/** What `--help` prints. */
export const HELP = `dify-file-drop doctor
  Looks at a proxy that runs, or at Dify itself, and says what is wrong: dify-file-drop doctor --help

dify-file-drop proxy
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

/** What `doctor --help` prints. */
export const DOCTOR_HELP = `dify-file-drop doctor --proxy URL [--origin ORIGIN] [--header "Name: value"]…
dify-file-drop doctor --base-url URL          (with the key in DIFY_API_KEY)

  Looks at every layer between a browser and Dify and says in plain words what is wrong and what to do. It uploads one
  file of some fifty bytes, named dify-file-drop-probe.txt; limits are found out by lengths that are declared and never
  sent. Run it on a server or on your own machine: redirects are not followed, nothing is repeated.

  --proxy URL        the proxy, as browsers reach it: what the component gets as proxyUrl, with https://…
  --origin ORIGIN    the page's origin, where it is not the proxy's own: looks at CORS and cookies too
  --header LINE      sent along, for an authorize that wants somebody to be signed in: "Cookie: session=…". Repeatable
  --base-url URL     Dify's API, up to and with /v1, asked with the app's key. Together with --proxy, it also tells
                     who the proxy's user is to Dify
  --key KEY          the key, if not in DIFY_API_KEY; others on the machine can see it there
  --user NAME        the user of the probe straight to Dify                            [dify-file-drop-doctor]
  --message          also send a real message, to see whether its answer comes word by word. It costs what a message
                     costs, stands in the app's logs, and does whatever the app does
  --timeout SECONDS  for one request                                                   [15]
  --json             for programs

  Exit code: 0 no trouble found, 1 trouble found, 2 not understood`
