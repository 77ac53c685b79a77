import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in German. */
export const de: Messages = {
  language: 'de',

  trigger: 'Dateien anhängen',
  input: 'Dateien',
  list: 'Anhänge',
  zone: 'Dateien hinzufügen',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'oder hierher ziehen oder einfügen' : drop ? 'oder hierher ziehen' : paste ? 'oder hier einfügen' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Diese App nimmt keine Dateien an.'
    const count = accepted.maxFiles === null ? '' : `, höchstens ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} weitere`)
    if (isExtensionsOnly(accepted)) return `${extensions} bis ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} bis ${formats.bytes(bytes)}`
    })
    return `${capital(sizes.join(', '), 'de')}${extensions === '' ? '' : ` sowie ${extensions}`}${count}.`
  },
  ignored: 'Bilder bleiben vielleicht ungesehen: Der Bild-Upload dieser App ist auf eine alte Art eingerichtet, die Dify ignoriert.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Dateien aller Art' : capital(formats.list(shortListOf(accepted, KINDS)), 'de')),
  overlay: { drop: 'Zum Anhängen hier ablegen', refuse: 'Das lässt sich hier nicht anhängen' },

  uploading: (name) => `${quoted(name)} wird hochgeladen`,
  remove: (name) => `${quoted(name)} entfernen`,
  retry: (name) => `${quoted(name)} erneut versuchen`,
  retryShort: 'Erneut versuchen',
  choose: (name) => `Datei erneut auswählen: ${quoted(name)}`,
  chooseShort: 'Datei erneut auswählen',
  rename: (name) => `${quoted(name)} umbenennen`,
  renameShort: 'Umbenennen',
  newName: (name) => `Neuer Name für ${quoted(name)}`,
  fixes: {
    removeCopy: 'Kopie entfernen',
    removeCopyOf: (name) => `Kopie entfernen: ${quoted(name)}`,
    renameTo: (newName) => `Umbenennen in ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Umbenennen in ${quoted(newName)}, jetzt ${quoted(name)}`,
    useOriginal: 'Original verwenden',
    useOriginalOf: (name) => `Original verwenden: ${quoted(name)}`,
  },
  link: {
    open: 'Link hinzufügen',
    address: 'Webadresse einer Datei',
    add: 'Hinzufügen',
    cancel: 'Abbrechen',
    invalid: 'Das ist keine Webadresse. Eine Webadresse beginnt mit https://',
  },
  preview: (name) => `Vorschau von ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} von ${formats.number(of)}`,
    previous: 'Vorherige Datei',
    next: 'Nächste Datei',
    close: 'Schließen',
    nothing: 'Dieser Browser kann die Datei nicht anzeigen. Angehängt ist sie trotzdem.',
    cut: (bytes, formats) => `Nur der Anfang wird gezeigt: ${formats.bytes(bytes)}.`,
  },
  moreWays: 'Weitere Wege zum Anhängen',
  ways: { device: 'Dateien auswählen', camera: 'Foto aufnehmen', folder: 'Ordner auswählen', link: 'Link hinzufügen' },
  move: (name) => `${quoted(name)} verschieben`,
  moveTo: { start: 'An den Anfang', earlier: 'Nach vorn', later: 'Nach hinten', end: 'Ans Ende' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Wird vorbereitet …'
      case 'queued': return 'In der Warteschlange'
      case 'not_started': return 'Noch nicht gesendet'
      case 'uploading':
        if (facts.percent === null) return 'Wird hochgeladen …'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, noch ${formats.duration(facts.left)}`
      case 'finishing': return 'Wird abgeschlossen …'
      case 'stalled': return 'Gerade geht es nicht weiter …'
      case 'waiting': return `Neuer Versuch in ${formats.duration(facts.wait)}`
      case 'offline': return 'Wartet auf die Verbindung'
      case 'uploaded': return 'Angehängt'
      case 'link': return 'Link'
    }
  },
  sizeOfRest: (count, formats) => `und ${formats.number(count - 1)} weitere`,

  errors: {
    empty_file: () => 'Diese Datei ist leer (0 Byte). Bitte eine Datei mit Inhalt auswählen.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `Dateien mit der Endung .${facts.extension}` : `${facts.kind === 'custom' ? 'Dateien' : KINDS[facts.kind]} ohne Dateiendung`
      const allowed = allowedBy(facts, KINDS)
      const only = allowed.length === 0 ? '' : `, nur ${formats.list(allowed)}`
      return `${WHO[facts.layer]} nimmt keine ${what} an${only}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Nicht hinzugefügt. ${WHO[facts.layer]} nimmt in einer Nachricht keine Bilder an.` : `Nicht hinzugefügt. ${WHO[facts.layer]} nimmt in einer Nachricht keine Dateien an.`
      const rule = `${WHO[facts.layer]} nimmt pro Nachricht höchstens ${counted(facts.limit, formats)} an.`
      if (facts.count === 1) return `Nicht hinzugefügt. ${rule} Eine Datei entfernen, um Platz zu schaffen.`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} weitere`, quoted)
      return `Nicht hinzugefügt: ${counted(facts.count, formats)} (${names}). ${rule} Einige entfernen, um Platz zu schaffen.`
    },
    file_name_invalid: ({ facts }) =>
      facts.reason === 'not_a_link' ? 'Das ist keine Webadresse. Eine Webadresse beginnt mit https://' : 'Diese Datei hat keinen Namen. Bitte umbenennen und erneut auswählen.',
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'In diesem Ordner sind keine Dateien.'
        case 'too_many_files':
          return facts.limit === null
            ? 'Dieser Ordner enthält zu viele Dateien; nur die ersten wurden übernommen.'
            : `Dieser Ordner enthält mehr als ${files(facts.limit, formats)}; nur die ersten ${formats.number(facts.limit)} wurden übernommen.`
        case 'not_accepted': return 'Ordner lassen sich hier nicht anhängen. Bitte den Ordner öffnen und die Dateien darin auswählen.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} nimmt keine Dateien an.`
        case 'local_files': return `${WHO[facts.layer]} nimmt nur Links an, keine Dateien vom Gerät.`
        case 'links': return `${WHO[facts.layer]} nimmt keine Links an, nur Dateien vom Gerät.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Diese Seite nimmt diese Datei nicht an.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `Die Endung lautet .${facts.extension}, der Inhalt ist aber etwas anderes. Bitte die Datei prüfen.`
        : `Die Endung lautet .${facts.extension}, der Inhalt ist aber ${facts.found.toUpperCase()}. Falls das stimmt, die Endung in .${facts.found} ändern.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Diese Datei wurde nach dem Auswählen geändert. Bitte erneut auswählen.'
        case 'missing': return 'Diese Datei ist nicht mehr da: Sie wurde verschoben, umbenannt oder gelöscht. Bitte erneut auswählen.'
        case 'not_readable': return 'Diese Datei lässt sich nicht lesen. Vielleicht wurde sie nach dem Auswählen geändert, ist gesperrt oder noch nicht auf dieses Gerät geladen. Bitte erneut auswählen.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} ist mehr, als der Server für ${KINDS[facts.category]} annimmt.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} ist mehr als das Limit ${OF_WHOM[facts.layer ?? 'app']} für ${KINDS[facts.category]}: ${limit}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} ist mehr, als der Dify-Server in einem Upload annimmt.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} ist mehr, als ein Server auf dem Weg zu Dify durchlässt. Wer ihn betreibt, kann das Limit erhöhen.`,
    unsupported_file_type: (_, { name }) => `Dify nimmt diesen Dateityp nicht an${endingOf(name) === '' ? '' : ` (${endingOf(name)})`}.`,
    too_many_files: () => 'Dify nimmt eine Datei pro Upload an und hat mehrere bekommen.',
    filename_not_exists_error: () => 'Dify hat zu dieser Datei keinen Namen bekommen. Bitte umbenennen und erneut auswählen.',
    invalid_param: () => 'Dify hat diese Datei so nicht angenommen. Vielleicht enthält ihr Name ein Zeichen, das Dify nicht annimmt.',
    bad_request_key_error: () => 'Die Datei ist nicht vollständig bei Dify angekommen. Bitte erneut versuchen.',
    no_file_uploaded: () => 'Die Datei ist nicht bei Dify angekommen. Bitte erneut versuchen.',
    upload_incomplete: ({ facts }, _, formats) => `Nur ${formats.bytes(facts.stored)} von ${formats.bytes(facts.expected)} sind bei Dify angekommen. Bitte erneut versuchen.`,
    unauthorized: () => 'Die Anmeldung ist nicht mehr gültig. Bitte neu anmelden und dann erneut versuchen.',
    session_required: () => 'Die Sitzung ist abgelaufen. Bitte erneut versuchen.',
    forbidden_origin: () => 'Der Server nimmt von dieser Seite keine Uploads an. Wer ihn betreibt, muss das erlauben.',
    not_found: () => 'Unter dieser Adresse gibt es keinen Upload-Dienst. Wer die Seite betreibt, muss das korrigieren.',
    method_not_allowed: () => 'Der Upload-Dienst unter dieser Adresse nimmt keine Dateien an. Wer die Seite betreibt, muss das korrigieren.',
    invalid_user: () => 'Der Server konnte nicht feststellen, von wem die Datei kommt. Wer ihn betreibt, muss das korrigieren.',
    too_many_requests: () => 'Zu viele Uploads auf einmal für den Server. Bitte in Kürze erneut versuchen.',
    rate_limit_error: () => 'Diese App hat ihre Uploads vorerst aufgebraucht. Bitte später erneut versuchen oder bei den Zuständigen nachfragen.',
    gateway_timeout: () => 'Der Server hat zu lange nicht geantwortet. Bitte erneut versuchen.',
    upstream_unavailable: () => 'Dify ist gerade nicht erreichbar. Bitte erneut versuchen.',
    unknown: () => 'Bei Dify ist ein Fehler aufgetreten. Bitte erneut versuchen.',
    internal_server_error: () => 'Auf dem Server ist ein Fehler aufgetreten. Bitte erneut versuchen.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Keine Verbindung. Sobald sie wieder da ist, geht der Upload weiter.'
        case 'stalled': return 'Eine Weile ging nichts weiter, daher wurde der Upload abgebrochen. Bitte erneut versuchen.'
        case 'no_answer': return 'Alles wurde gesendet, aber es kam keine Antwort. Bitte erneut versuchen.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'Die Verbindung ist abgebrochen. Bitte erneut versuchen.'
          return size === null
            ? 'Die Verbindung ist abgebrochen. Der Grund kann ein Größenlimit auf dem Weg sein.'
            : `Die Verbindung ist abgebrochen. Bei ${formats.bytes(size)} kann ein Größenlimit auf dem Weg der Grund sein.`
      }
    },
    upstream_unauthorized: () => 'Der Schlüssel des Servers für Dify ist ungültig. Wer den Server betreibt, muss das korrigieren.',
    upstream_forbidden: () => 'Dify erlaubt diesem Server keine Uploads. Wer den Server betreibt, muss das korrigieren.',
    upstream_not_found: () => 'Der Upload-Dienst von Dify wurde nicht gefunden. Wer den Server betreibt, muss die Adresse korrigieren.',
    upstream_redirect: () => 'Die Adresse von Dify führt woandershin. Wer den Server betreibt, muss sie korrigieren.',
    upstream_not_dify: () => 'Die Antwort kam nicht von Dify. Wer den Server betreibt, muss die Adresse prüfen.',
    other: ({ serverCode, retryable }) => `Der Server hat diese Datei abgelehnt (${serverCode}).${retryable ? ' Bitte erneut versuchen.' : ''}`,
  },
  notes: {
    renamed: ({ from }) => `Umbenannt, vorher ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Verkleinert: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Umgewandelt: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Schon in der Liste',
    'content-differs': ({ extension }) => (extension === null ? 'Inhalt passt nicht zum Namen' : `Inhalt sieht nach ${extension.toUpperCase()} aus`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} hinzugefügt.` : `${files(count, formats)} hinzugefügt.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} angehängt.` : `${files(count, formats)} angehängt.`),
    half: (name) => `${quoted(name)} ist zur Hälfte gesendet.`,
    removed: (name) => `${quoted(name)} entfernt.`,
    moved: (name, place, of, formats) => `${quoted(name)} ist jetzt an Position ${formats.number(place)} von ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} in ${quoted(newName)} umbenannt.`,
    original: (name) => `Stattdessen wird das Original von ${quoted(name)} gesendet.`,
    offline: 'Keine Verbindung. Uploads warten darauf.',
    online: 'Die Verbindung ist wieder da.',
    drop: 'Zum Anhängen hier ablegen.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `Und ${formats.number(count)} weitere mit Problemen.`,
  },
  draft: {
    elsewhere: 'Ein anderer Tab bewahrt diesen Entwurf auf. Hier hinzugefügte Dateien sind weg, sobald diese Seite geschlossen wird.',
    unavailable: 'Dieser Browser bewahrt keine Entwürfe auf. Nicht gesendete Dateien sind weg, sobald diese Seite geschlossen wird.',
    notKept: (names, count, formats) => (count === 1 ? `Kein Platz, um ${quoted(names[0] ?? '')} aufzubewahren. Wird diese Seite geschlossen, bitte erneut auswählen.` : `Kein Platz, um ${files(count, formats)} aufzubewahren. Wird diese Seite geschlossen, bitte erneut auswählen.`),
    expired: (count, formats) => `Zu lange in diesem Entwurf aufbewahrt und entfernt: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'Dateien werden vorbereitet …',
    uploading: 'Warten, bis die Dateien hochgeladen sind …',
    waiting: 'Gleich folgt ein neuer Upload-Versuch …',
    offline: 'Warten auf die Verbindung …',
    failed: 'Eine Datei ist fehlgeschlagen. Erneut versuchen, entfernen oder ohne sie senden.',
    not_started: 'Die Dateien sind noch nicht hochgeladen.',
    required: 'Bitte zuerst eine Datei anhängen.',
    too_many: 'Zu viele Dateien für eine Nachricht. Bitte einige entfernen.',
    sending: 'Wird gesendet …',
    sendFailed: 'Die Nachricht wurde nicht gesendet. Nichts ist verloren: Bitte erneut versuchen.',
  },
}

const KINDS: KindWords = { image: 'Bilder', document: 'Dokumente', audio: 'Audiodateien', video: 'Videos', custom: 'andere Dateien' }
const WHO: Record<Layer, string> = { host: 'Diese Seite', operator: 'Dieser Server', app: 'Diese App', default: 'Dify' }
const OF_WHOM: Record<Layer, string> = { host: 'dieser Seite', operator: 'dieses Servers', app: 'dieser App', default: 'von Dify' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} ${formats.plural(count, { one: 'Datei', other: 'Dateien' })}`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} ${formats.plural(count, { one: 'Bild', other: 'Bilder' })}`
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'Die Größe dieser Datei' : formats.bytes(size)
}

function quoted(name: string): string {
  return `„${name}“`
}
