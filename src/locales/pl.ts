import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in Polish. Names stand in quotes and counts after a colon, so that neither has to be declined. */
export const pl: Messages = {
  language: 'pl',

  trigger: 'Załącz pliki',
  input: 'Pliki',
  list: 'Załączniki',
  zone: 'Dodaj pliki',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'albo upuść lub wklej je tutaj' : drop ? 'albo upuść je tutaj' : paste ? 'albo wklej je tutaj' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Ta aplikacja nie przyjmuje plików.'
    const count = accepted.maxFiles === null ? '' : `, maksymalnie ${files(accepted.maxFiles, formats)}`
    const extensions = extensionsOf(accepted, formats, (more) => `jeszcze ${formats.number(more)}`)
    if (isExtensionsOnly(accepted)) return `${extensions} do ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} do ${formats.bytes(bytes)}`
    })
    const also = extensions === '' ? '' : `, a także ${extensions}`
    return `${capital(sizes.join(', '), 'pl')}${also}${count}.`
  },
  ignored: 'Obrazy mogą zostać pominięte: ich przesyłanie w tej aplikacji skonfigurowano po staremu, a Dify tego nie uwzględnia.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Pliki dowolnego typu' : capital(formats.list(shortListOf(accepted, KINDS)), 'pl')),
  overlay: { drop: 'Upuść, aby załączyć', refuse: 'Tego nie można tu załączyć' },

  uploading: (name) => `Przesyłanie: ${quoted(name)}`,
  remove: (name) => `Usuń ${quoted(name)}`,
  retry: (name) => `Ponów: ${quoted(name)}`,
  retryShort: 'Ponów',
  choose: (name) => `Wybierz plik ponownie: ${quoted(name)}`,
  chooseShort: 'Wybierz plik ponownie',
  rename: (name) => `Zmień nazwę: ${quoted(name)}`,
  renameShort: 'Zmień nazwę',
  newName: (name) => `Nowa nazwa dla ${quoted(name)}`,
  fixes: {
    removeCopy: 'Usuń kopię',
    removeCopyOf: (name) => `Usuń kopię: ${quoted(name)}`,
    renameTo: (newName) => `Zmień nazwę na ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Zmień nazwę na ${quoted(newName)} (teraz ${quoted(name)})`,
    useOriginal: 'Użyj oryginału',
    useOriginalOf: (name) => `Użyj oryginału: ${quoted(name)}`,
  },
  link: {
    open: 'Dodaj link',
    address: 'Adres internetowy pliku',
    add: 'Dodaj',
    cancel: 'Anuluj',
    invalid: 'To nie jest adres internetowy. Taki adres zaczyna się od https://',
  },
  preview: (name) => `Podgląd: ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} z ${formats.number(of)}`,
    previous: 'Poprzedni plik',
    next: 'Następny plik',
    close: 'Zamknij',
    nothing: 'Ta przeglądarka nie może pokazać tego pliku. Mimo to jest załączony.',
    cut: (bytes, formats) => `Pokazano tylko początek: ${formats.bytes(bytes)}.`,
  },
  moreWays: 'Inne sposoby załączania',
  ways: { device: 'Wybierz pliki', camera: 'Zrób zdjęcie', folder: 'Wybierz folder', link: 'Dodaj link' },
  move: (name) => `Przenieś ${quoted(name)}`,
  moveTo: { start: 'Na początek', earlier: 'Wcześniej', later: 'Później', end: 'Na koniec' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Przygotowywanie…'
      case 'queued': return 'Czeka na swoją kolej'
      case 'not_started': return 'Jeszcze nie wysłano'
      case 'uploading':
        if (facts.percent === null) return 'Przesyłanie…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, pozostało: ${formats.duration(facts.left)}`
      case 'finishing': return 'Kończenie…'
      case 'stalled': return 'Na razie bez postępu…'
      case 'waiting': return `Do ponownej próby: ${formats.duration(facts.wait)}`
      case 'offline': return 'Oczekiwanie na połączenie'
      case 'uploaded': return 'Załączono'
      case 'link': return 'Link'
    }
  },
  sizeOfRest: (count, formats) => `i jeszcze ${formats.number(count - 1)}`,

  errors: {
    empty_file: () => 'Ten plik jest pusty: ma 0 bajtów. Wybierz plik z zawartością.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `plików .${facts.extension}` : `${facts.kind === 'custom' ? 'plików' : OF_KINDS[facts.kind]} bez rozszerzenia`
      const allowed = allowedBy(facts, KINDS)
      return allowed.length === 0 ? `${WHO[facts.layer]} nie przyjmuje ${what}.` : `${WHO[facts.layer]} nie przyjmuje ${what}, tylko ${formats.list(allowed)}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Nie dodano. ${WHO[facts.layer]} nie przyjmuje obrazów w wiadomości.` : `Nie dodano. ${WHO[facts.layer]} nie przyjmuje plików w wiadomości.`
      const rule = `${WHO[facts.layer]} przyjmuje maksymalnie ${counted(facts.limit, formats)} w wiadomości.`
      if (facts.count === 1) return `Nie dodano. ${rule} Usuń coś, aby zrobić miejsce.`
      const names = namesOf(facts, formats, (more) => `jeszcze ${formats.number(more)}`, quoted)
      return `Nie dodano: ${counted(facts.count, formats)} (${names}). ${rule} Usuń coś, aby zrobić miejsce.`
    },
    file_name_invalid: ({ facts }) => (facts.reason === 'not_a_link' ? 'To nie jest adres internetowy. Taki adres zaczyna się od https://' : 'Ten plik nie ma nazwy. Zmień jego nazwę i wybierz go ponownie.'),
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'W tym folderze nie ma plików.'
        case 'too_many_files':
          return facts.limit === null
            ? 'W tym folderze jest za dużo plików; wzięto tylko pierwsze.'
            : `W tym folderze jest więcej niż ${files(facts.limit, formats)}; wzięto tylko pierwsze ${formats.number(facts.limit)}.`
        case 'not_accepted': return 'Nie można tu załączać folderów. Otwórz folder i wybierz pliki, które się w nim znajdują.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} nie przyjmuje plików.`
        case 'local_files': return `${WHO[facts.layer]} przyjmuje tylko linki, a nie pliki z urządzenia.`
        case 'links': return `${WHO[facts.layer]} nie przyjmuje linków, tylko pliki z urządzenia.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Ta strona nie przyjmuje tego pliku.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `Nazwa wskazuje na .${facts.extension}, ale zawartość jest inna. Sprawdź plik.`
        : `Nazwa wskazuje na .${facts.extension}, ale zawartość to ${facts.found.toUpperCase()}. Jeśli to się zgadza, zmień rozszerzenie na .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Ten plik zmienił się po wybraniu. Wybierz go ponownie.'
        case 'missing': return 'Tego pliku już nie ma: został przeniesiony, usunięty albo zmieniono jego nazwę. Wybierz go ponownie.'
        case 'not_readable': return 'Nie można odczytać tego pliku. Być może został zmieniony po wybraniu, jest zablokowany albo nie został jeszcze pobrany na to urządzenie. Wybierz go ponownie.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)} to więcej, niż serwer przyjmuje dla ${OF_KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size} to więcej niż ${LIMIT[facts.layer ?? 'app']} dla ${OF_KINDS[facts.category]}: ${limit}.`
    },
    request_entity_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} to więcej, niż serwer Dify przyjmuje w jednym przesłaniu.`,
    gateway_too_large: ({ facts }, _, formats) => `${sizeOr(facts.size, formats)} to więcej, niż przepuszcza serwer na drodze do Dify. Jego administrator może podnieść ten limit.`,
    unsupported_file_type: (_, { name }) => (endingOf(name) === '' ? 'Dify nie przyjmuje plików tego typu.' : `Dify nie przyjmuje plików tego typu (${endingOf(name)}).`),
    too_many_files: () => 'Dify przyjmuje jeden plik na przesłanie, a otrzymał ich więcej.',
    filename_not_exists_error: () => 'Dify nie otrzymał nazwy tego pliku. Zmień jego nazwę i wybierz go ponownie.',
    invalid_param: () => 'Dify nie przyjął tego pliku w tej postaci. Być może jego nazwa zawiera znak, którego Dify nie przyjmuje.',
    bad_request_key_error: () => 'Plik nie dotarł do Dify w całości. Spróbuj ponownie.',
    no_file_uploaded: () => 'Plik nie dotarł do Dify. Spróbuj ponownie.',
    upload_incomplete: ({ facts }, _, formats) => `Do Dify dotarło tylko ${formats.bytes(facts.stored)} z ${formats.bytes(facts.expected)}. Spróbuj ponownie.`,
    unauthorized: () => 'Sesja wygasła. Zaloguj się i spróbuj ponownie.',
    session_required: () => 'Twoja sesja wygasła. Spróbuj ponownie.',
    forbidden_origin: () => 'Serwer nie przyjmuje plików z tej strony. Jego administrator musi na to zezwolić.',
    not_found: () => 'Pod tym adresem nie ma usługi przesyłania. Administrator strony musi poprawić adres.',
    method_not_allowed: () => 'Usługa przesyłania pod tym adresem nie przyjmuje plików. Administrator strony musi poprawić adres.',
    invalid_user: () => 'Serwer nie mógł ustalić, kto przesyła plik. Jego administrator musi to poprawić.',
    too_many_requests: () => 'Zbyt wiele przesyłań naraz jak na ten serwer. Spróbuj ponownie za chwilę.',
    rate_limit_error: () => 'Ta aplikacja wyczerpała na razie swoje przesyłania. Spróbuj później albo zapytaj jej administratora.',
    gateway_timeout: () => 'Serwer zbyt długo nie odpowiadał. Spróbuj ponownie.',
    upstream_unavailable: () => 'Dify jest teraz nieosiągalny. Spróbuj ponownie.',
    unknown: () => 'W Dify wystąpił błąd. Spróbuj ponownie.',
    internal_server_error: () => 'Na serwerze wystąpił błąd. Spróbuj ponownie.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Brak połączenia. Przesyłanie zostanie wznowione, gdy ono wróci.'
        case 'stalled': return 'Przez dłuższy czas nie było postępu, więc przesyłanie przerwano. Spróbuj ponownie.'
        case 'no_answer': return 'Wszystko wysłano, ale nie nadeszła odpowiedź. Spróbuj ponownie.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'Połączenie zostało przerwane. Spróbuj ponownie.'
          return size === null ? 'Połączenie zostało przerwane. Przyczyną może być limit rozmiaru po drodze.' : `Połączenie zostało przerwane. Przy pliku o rozmiarze ${formats.bytes(size)} przyczyną może być limit rozmiaru po drodze.`
      }
    },
    upstream_unauthorized: () => 'Klucz serwera do Dify jest nieprawidłowy. Administrator serwera musi go poprawić.',
    upstream_forbidden: () => 'Dify nie pozwala temu serwerowi przesyłać plików. Administrator serwera musi to poprawić.',
    upstream_not_found: () => 'Nie znaleziono usługi przesyłania Dify. Administrator serwera musi poprawić jej adres.',
    upstream_redirect: () => 'Adres Dify prowadzi gdzie indziej. Administrator serwera musi go poprawić.',
    upstream_not_dify: () => 'Odpowiedź nie pochodziła z Dify. Administrator serwera musi sprawdzić adres.',
    other: ({ serverCode, retryable }) => (retryable ? `Serwer odrzucił ten plik (${serverCode}). Spróbuj ponownie.` : `Serwer odrzucił ten plik (${serverCode}).`),
  },
  notes: {
    renamed: ({ from }) => `Zmieniono nazwę, poprzednia: ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Zmniejszono: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Przekonwertowano: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Już na liście',
    'content-differs': ({ extension }) => (extension === null ? 'Zawartość nie pasuje do nazwy' : `Zawartość wygląda na ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `Dodano: ${quoted(names[0] ?? '')}.` : `Dodano: ${files(count, formats)}.`),
    uploaded: (names, count, formats) => (count === 1 ? `Załączono: ${quoted(names[0] ?? '')}.` : `Załączono: ${files(count, formats)}.`),
    half: (name) => `Wysłano połowę: ${quoted(name)}.`,
    removed: (name) => `Usunięto: ${quoted(name)}.`,
    moved: (name, place, of, formats) => `${quoted(name)} jest teraz na miejscu ${formats.number(place)} z ${formats.number(of)}.`,
    renamed: (name, newName) => `Zmieniono nazwę z ${quoted(name)} na ${quoted(newName)}.`,
    original: (name) => `Zamiast tego zostanie wysłany oryginał: ${quoted(name)}.`,
    offline: 'Brak połączenia. Przesyłanie na nie czeka.',
    online: 'Połączenie wróciło.',
    drop: 'Upuść, aby załączyć.',
    failed: (name, sentence) => `${name}: ${sentence}`,
    moreFailed: (count, formats) => `I jeszcze z problemem: ${formats.number(count)}.`,
  },
  draft: {
    elsewhere: 'Tę wersję roboczą przechowuje inna karta. Pliki dodane tutaj znikną po zamknięciu strony.',
    unavailable: 'Ta przeglądarka nie przechowuje wersji roboczych. Niewysłane pliki znikną po zamknięciu strony.',
    notKept: (names, count, formats) => (count === 1 ? `Brak miejsca, aby zachować ${quoted(names[0] ?? '')}. Jeśli strona zostanie zamknięta, wybierz ten plik ponownie.` : `Zabrakło miejsca, aby zachować: ${files(count, formats)}. Jeśli strona zostanie zamknięta, wybierz je ponownie.`),
    expired: (count, formats) => `Usunięto z wersji roboczej po zbyt długim przechowywaniu: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'Przygotowywanie plików…',
    uploading: 'Oczekiwanie na przesłanie plików…',
    waiting: 'Oczekiwanie na ponowną próbę przesłania…',
    offline: 'Oczekiwanie na połączenie…',
    failed: 'Jeden z plików nie został przesłany. Ponów próbę, usuń go albo wyślij bez niego.',
    not_started: 'Pliki nie są jeszcze przesłane.',
    required: 'Najpierw załącz plik.',
    too_many: 'Za dużo plików na jedną wiadomość. Usuń niektóre.',
    sending: 'Wysyłanie…',
    sendFailed: 'Wiadomość nie została wysłana. Nic nie przepadło: spróbuj ponownie.',
  },
}

const KINDS: KindWords = { image: 'obrazy', document: 'dokumenty', audio: 'pliki audio', video: 'filmy', custom: 'inne pliki' }
/** In the genitive. */
const OF_KINDS: KindWords = { image: 'obrazów', document: 'dokumentów', audio: 'plików audio', video: 'filmów', custom: 'innych plików' }
const WHO: Record<Layer, string> = { host: 'Ta strona', operator: 'Ten serwer', app: 'Ta aplikacja', default: 'Dify' }
const LIMIT: Record<Layer, string> = { host: 'limit tej strony', operator: 'limit tego serwera', app: 'limit tej aplikacji', default: 'zwykły limit Dify' }

function files(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} plik`, few: `${n} pliki`, many: `${n} plików`, other: `${n} pliku` })
}

function images(count: number, formats: Formats): string {
  const n = formats.number(count)
  return formats.plural(count, { one: `${n} obraz`, few: `${n} obrazy`, many: `${n} obrazów`, other: `${n} obrazu` })
}

function sizeOr(size: number | null, formats: Formats): string {
  return size === null ? 'Rozmiar tego pliku' : formats.bytes(size)
}

function quoted(name: string): string {
  return `„${name}”`
}
