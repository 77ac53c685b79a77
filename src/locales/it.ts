import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Italian. */
export const it: Messages = {
  language: 'it',

  trigger: 'Allega file',
  input: 'File',
  list: 'Allegati',
  zone: 'Aggiungi file',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'oppure trascinali o incollali qui' : drop ? 'oppure trascinali qui' : paste ? 'oppure incollali qui' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Questa app non accetta file.'
    const count = accepted.maxFiles === null ? '' : `, al massimo ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `altri ${formats.number(more)}`)
    if (isExtensionsOnly(accepted)) return `${extensions} fino a ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} fino a ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, oltre a ${extensions}`
    return `${capital(sizes.join(', '), 'it')}${also}${count}.`
  },
  ignored: 'Le immagini potrebbero non essere viste: il loro caricamento in questa app è configurato alla vecchia maniera, che Dify ignora.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'File di qualsiasi tipo' : capital(formats.list(shortListOf(accepted, KINDS)), 'it')),
  overlay: { drop: 'Rilascia per allegare', refuse: 'Questo non si può allegare qui' },

  uploading: (name) => `Caricamento di ${quoted(name)}`,
  remove: (name) => `Rimuovi ${quoted(name)}`,
  retry: (name) => `Riprova ${quoted(name)}`,
  retryShort: 'Riprova',
  choose: (name) => `Scegli di nuovo il file: ${quoted(name)}`,
  chooseShort: 'Scegli di nuovo il file',
  rename: (name) => `Rinomina ${quoted(name)}`,
  renameShort: 'Rinomina',
  newName: (name) => `Nuovo nome per ${quoted(name)}`,
  fixes: {
    removeCopy: 'Rimuovi la copia',
    removeCopyOf: (name) => `Rimuovi la copia: ${quoted(name)}`,
    renameTo: (newName) => `Rinomina in ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Rinomina in ${quoted(newName)} (ora ${quoted(name)})`,
    useOriginal: 'Usa l’originale',
    useOriginalOf: (name) => `Usa l’originale: ${quoted(name)}`,
  },
  link: {
    open: 'Aggiungi un link',
    address: 'Indirizzo web di un file',
    add: 'Aggiungi',
    cancel: 'Annulla',
    invalid: 'Questo non è un indirizzo web. Un indirizzo web inizia con https://',
  },
  preview: (name) => `Anteprima di ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} di ${formats.number(of)}`,
    previous: 'File precedente',
    next: 'File successivo',
    close: 'Chiudi',
    nothing: 'Questo browser non può mostrare il file, che resta comunque allegato.',
    cut: (bytes, formats) => `È mostrata solo la parte iniziale: ${formats.bytes(bytes)}.`,
  },
  moreWays: 'Altri modi per allegare',
  ways: { device: 'Scegli i file', camera: 'Scatta una foto', folder: 'Scegli una cartella', link: 'Aggiungi un link' },
  move: (name) => `Sposta ${quoted(name)}`,
  moveTo: { start: 'All’inizio', earlier: 'Prima', later: 'Dopo', end: 'Alla fine' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Preparazione…'
      case 'queued': return 'In coda'
      case 'not_started': return 'Non ancora inviato'
      case 'uploading':
        if (facts.percent === null) return 'Caricamento…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, tempo rimasto: ${formats.duration(facts.left)}`
      case 'finishing': return 'Quasi finito…'
      case 'stalled': return 'Fermo per ora…'
      case 'waiting': return `Nuovo tentativo tra ${formats.duration(facts.wait)}`
      case 'offline': return 'In attesa della connessione'
      case 'uploaded': return 'Allegato'
      case 'link': return 'Link'
    }
  },
  sizeOfRest: (count, formats) => `e altri ${formats.number(count - 1)}`,

  errors: {
    empty_file: () => 'Questo file è vuoto (0 byte). Scegline uno con del contenuto.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `file .${facts.extension}` : `${facts.kind === 'custom' ? 'file' : KINDS[facts.kind]} senza estensione`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} non accetta ${what}.` : `${WHO[facts.layer]} non accetta ${what}, solo ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Non aggiunta. ${WHO[facts.layer]} non accetta immagini nei messaggi.` : `Non aggiunto. ${WHO[facts.layer]} non accetta file nei messaggi.`
      const rule = `${WHO[facts.layer]} accetta al massimo ${counted(facts.limit, formats)} per messaggio.`
      if (facts.count === 1) return `Non aggiunto. ${rule} Rimuovine uno per fare spazio.`
      const names = namesOf(facts, formats, (more) => `altri ${formats.number(more)}`, quoted)
      return `Non aggiunti: ${counted(facts.count, formats)} (${names}). ${rule} Rimuovine alcuni per fare spazio.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'Questo non è un indirizzo web. Un indirizzo web inizia con https://' : 'Questo file non ha un nome. Rinominalo e sceglilo di nuovo.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'In questa cartella non ci sono file.'
        case 'too_many_files':
          return facts.limit === null
            ? 'Questa cartella contiene troppi file; sono stati presi solo i primi.'
            : `Questa cartella contiene più di ${files(facts.limit, formats)}; sono stati presi solo i primi (${formats.number(facts.limit)}).`
        case 'not_accepted': return 'Qui non si possono allegare cartelle. Apri la cartella e scegli i file che contiene.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} non accetta file.`
        case 'local_files': return `${WHO[facts.layer]} accetta solo link, non file da un dispositivo.`
        case 'links': return `${WHO[facts.layer]} non accetta link, solo file da un dispositivo.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Questa pagina non accetta questo file.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `Il nome dice .${facts.extension}, ma il contenuto è un altro. Controlla il file.`
        : `Il nome dice .${facts.extension}, ma il contenuto è ${facts.found.toUpperCase()}. Se è corretto, cambia l’estensione in .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Questo file è stato modificato dopo la scelta. Sceglilo di nuovo.'
        case 'missing': return 'Questo file non c’è più: è stato spostato, rinominato o eliminato. Sceglilo di nuovo.'
        case 'not_readable': return 'Questo file non si può leggere. Forse è stato modificato dopo la scelta, è bloccato o non è ancora stato scaricato su questo dispositivo. Sceglilo di nuovo.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)}: più di quanto il server accetta per ${OF_KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size}: più del ${LIMIT[facts.layer ?? 'app']} per ${OF_KINDS[facts.category]}, che è ${limit}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}: più di quanto il server di Dify accetta in un solo caricamento.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)}: più di quanto lascia passare un server sulla strada verso Dify. Chi lo gestisce può alzare questo limite.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify non accetta questo tipo di file.' : `Dify non accetta questo tipo di file (${endingOf(name)}).`),
    too_many_files: () => 'Dify accetta un file per caricamento e ne ha ricevuti di più.',
    filename_not_exists_error: () => 'Dify non ha ricevuto un nome per questo file. Rinominalo e sceglilo di nuovo.',
    invalid_param: () => 'Dify non ha accettato questo file così com’è. Forse il nome contiene un carattere che Dify non accetta.',
    bad_request_key_error: () => 'Il file non è arrivato intero a Dify. Riprova.',
    no_file_uploaded: () => 'Il file non è arrivato a Dify. Riprova.',
    upload_incomplete: ({ facts }, _, formats) => `A Dify sono arrivati solo ${formats.bytes(facts.stored)} su ${formats.bytes(facts.expected)}. Riprova.`,
    unauthorized: () => 'L’accesso non è attivo. Accedi, poi riprova.',
    session_required: () => 'La sessione è terminata. Riprova.',
    forbidden_origin: () => 'Il server non accetta caricamenti da questa pagina. Chi lo gestisce deve autorizzarli.',
    not_found: () => 'A questo indirizzo non c’è un servizio di caricamento. Chi gestisce la pagina deve correggerlo.',
    method_not_allowed: () => 'Il servizio di caricamento a questo indirizzo non accetta file. Chi gestisce la pagina deve correggerlo.',
    invalid_user: () => 'Il server non ha potuto identificarti. Chi lo gestisce deve correggere il problema.',
    too_many_requests: () => 'Troppi caricamenti insieme per il server. Riprova tra poco.',
    rate_limit_error: () => 'Questa app ha esaurito per ora i suoi caricamenti. Riprova più tardi o chiedi a chi la gestisce.',
    gateway_timeout: () => 'Il server ha impiegato troppo tempo a rispondere. Riprova.',
    upstream_unavailable: () => 'Al momento Dify non è raggiungibile. Riprova.',
    unknown: () => 'Dify ha avuto un problema. Riprova.',
    internal_server_error: () => 'Il server ha avuto un problema. Riprova.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Non c’è connessione. Il caricamento riprenderà quando tornerà.'
        case 'stalled': return 'Per un po’ non si è mosso nulla, quindi il caricamento è stato interrotto. Riprova.'
        case 'no_answer': return 'È stato inviato tutto, ma non è arrivata risposta. Riprova.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'La connessione si è interrotta. Riprova.'
          return size === null ? 'La connessione si è interrotta. Il motivo può essere un limite di dimensione lungo il percorso.' : `La connessione si è interrotta. Per un file di ${formats.bytes(size)} il motivo può essere un limite di dimensione lungo il percorso.`
      }
    },
    upstream_unauthorized: () => 'La chiave del server per Dify non è valida. Chi gestisce il server deve correggerla.',
    upstream_forbidden: () => 'Dify non permette a questo server di caricare file. Chi gestisce il server deve correggere il problema.',
    upstream_not_found: () => 'Il servizio di caricamento di Dify non è stato trovato. Chi gestisce il server deve correggerne l’indirizzo.',
    upstream_redirect: () => 'L’indirizzo di Dify porta altrove. Chi gestisce il server deve correggerlo.',
    upstream_not_dify: () => 'La risposta non veniva da Dify. Chi gestisce il server deve controllarne l’indirizzo.',
    other: ({ serverCode, retryable }) => (retryable ? `Il server ha rifiutato questo file (${serverCode}). Riprova.` : `Il server ha rifiutato questo file (${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `Rinominato, prima ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Ridotto: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Convertito: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Già nell’elenco',
    'content-differs': ({ extension }) => (extension === null ? 'Il contenuto non corrisponde al nome' : `Il contenuto sembra ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} aggiunto.` : `Aggiunti: ${files(count, formats)}.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} allegato.` : `${files(count, formats)} allegati.`),
    half: (name) => `Inviata la metà di ${quoted(name)}.`,
    removed: (name) => `${quoted(name)} rimosso.`,
    moved: (name, place, of, formats) => `${quoted(name)} è ora in posizione ${formats.number(place)} di ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} rinominato in ${quoted(newName)}.`,
    original: (name) => `Al suo posto viene inviato l’originale di ${quoted(name)}.`,
    offline: 'Nessuna connessione. I caricamenti la aspettano.',
    online: 'La connessione è tornata.',
    drop: 'Rilascia per allegare.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `E altri ${formats.number(count)} con un problema.`,
  },
  draft: {
    elsewhere: 'Un’altra scheda conserva questa bozza. I file aggiunti qui andranno persi alla chiusura della pagina.',
    unavailable: 'Questo browser non conserva bozze. I file non inviati andranno persi alla chiusura della pagina.',
    notKept: (names, count, formats) => (count === 1 ? `Non c’è spazio per conservare ${quoted(names[0] ?? '')}. Se la pagina si chiude, sceglilo di nuovo.` : `Non c’è spazio per conservare ${files(count, formats)}. Se la pagina si chiude, sceglili di nuovo.`),
    expired: (count, formats) => `Eliminato da questa bozza dopo troppo tempo: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'Preparazione dei file…',
    uploading: 'In attesa che i file vengano caricati…',
    waiting: 'In attesa di un nuovo tentativo di caricamento…',
    offline: 'In attesa della connessione…',
    failed: 'Un file non è riuscito. Riprova, rimuovilo o invia senza.',
    not_started: 'I file non sono ancora stati caricati.',
    required: 'Allega prima un file.',
    too_many: 'Troppi file per un solo messaggio. Rimuovine alcuni.',
    sending: 'Invio…',
    sendFailed: 'Il messaggio non è stato inviato. Non è andato perso nulla: riprova.',
  },
}

const KINDS: KindWords = { image: 'immagini', document: 'documenti', audio: 'file audio', video: 'video', custom: 'altri file' }
/** With their articles. */
const OF_KINDS: KindWords = { image: 'le immagini', document: 'i documenti', audio: 'i file audio', video: 'i video', custom: 'gli altri file' }
const WHO: Record<Layer, string> = { host: 'Questa pagina', operator: 'Questo server', app: 'Questa app', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'limite di questa pagina', operator: 'limite di questo server', app: 'limite di questa app', default: 'limite abituale di Dify' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} file`, many: `${n} di file`, other: `${n} file` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} immagine`, many: `${n} di immagini`, other: `${n} immagini` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'File troppo grande' : formats.bytes(size)
}

function quoted(name: string): string {
  return `«${name}»`
}
