import type { Formats } from '../react/messages/formats.js'
import type { Messages } from '../react/messages/messages.js'
import { allowedBy, capital, endingOf, extensionsOf, isExtensionsOnly, largestOf, limitsOf, namesOf, shortListOf, type KindWords, type Layer } from './shared/facts.js'

/** The words in French. Guillemets, colons and semicolons keep their space by U+00A0 and U+202F. */
export const fr: Messages = {
  language: 'fr',

  trigger: 'Joindre des fichiers',
  input: 'Fichiers',
  list: 'Pièces jointes',
  zone: 'Ajouter des fichiers',
  zoneHint: ({ drop, paste }) => (drop && paste ? 'ou déposez-les ou collez-les ici' : drop ? 'ou déposez-les ici' : paste ? 'ou collez-les ici' : ''),
  accepts: (accepted, formats) => {
    if (!accepted.enabled) return 'Cette application n’accepte aucun fichier.'
    const count = accepted.maxFiles === null ? '' : `, ${files(accepted.maxFiles, formats)} au maximum`
    const extensions = extensionsOf(accepted, formats, (more) => `${formats.number(more)} ${formats.plural(more, { one: 'autre', many: 'd’autres', other: 'autres' })}`)
    if (isExtensionsOnly(accepted)) return `${extensions} jusqu’à ${formats.bytes(largestOf(accepted))}${count}.`
    const sizes = limitsOf(accepted).map(({ bytes, kinds }) => {
      const words = formats.list(kinds.map((kind) => KINDS[kind]))
      return bytes === Infinity ? words : `${words} jusqu’à ${formats.bytes(bytes)}`
    })
    return `${capital(sizes.join(', '), 'fr')}${extensions === '' ? '' : `, ainsi que ${extensions}`}${count}.`
  },
  ignored: 'Les images risquent de ne pas être vues\u00a0: leur envoi est configuré dans cette application d’une ancienne manière, que Dify ignore.',
  acceptsShort: (accepted, formats) => (accepted.anything ? 'Tout type de fichier' : capital(formats.list(shortListOf(accepted, KINDS)), 'fr')),
  overlay: { drop: 'Déposez pour joindre', refuse: 'Impossible de joindre cela ici' },

  uploading: (name) => `Envoi de ${quoted(name)}`,
  remove: (name) => `Retirer ${quoted(name)}`,
  retry: (name) => `Réessayer ${quoted(name)}`,
  retryShort: 'Réessayer',
  choose: (name) => `Choisir à nouveau le fichier\u00a0: ${quoted(name)}`,
  chooseShort: 'Choisir à nouveau le fichier',
  rename: (name) => `Renommer ${quoted(name)}`,
  renameShort: 'Renommer',
  newName: (name) => `Nouveau nom pour ${quoted(name)}`,
  fixes: {
    removeCopy: 'Retirer la copie',
    removeCopyOf: (name) => `Retirer la copie\u00a0: ${quoted(name)}`,
    renameTo: (newName) => `Renommer en ${quoted(newName)}`,
    renameFromTo: (name, newName) => `Renommer en ${quoted(newName)} (actuellement ${quoted(name)})`,
    useOriginal: 'Utiliser l’original',
    useOriginalOf: (name) => `Utiliser l’original\u00a0: ${quoted(name)}`,
  },
  link: {
    open: 'Ajouter un lien',
    address: 'Adresse web d’un fichier',
    add: 'Ajouter',
    cancel: 'Annuler',
    invalid: 'Ce n’est pas une adresse web. Une adresse web commence par https://',
  },
  preview: (name) => `Aperçu de ${quoted(name)}`,
  previewer: {
    place: (place, of, formats) => `${formats.number(place)} sur ${formats.number(of)}`,
    previous: 'Fichier précédent',
    next: 'Fichier suivant',
    close: 'Fermer',
    nothing: 'Ce navigateur ne peut pas afficher ce fichier. Il est quand même joint.',
    cut: (bytes, formats) => `Seul le début est affiché\u00a0: ${formats.bytes(bytes)}.`,
  },
  moreWays: 'Autres façons de joindre',
  ways: { device: 'Choisir des fichiers', camera: 'Prendre une photo', folder: 'Choisir un dossier', link: 'Ajouter un lien' },
  move: (name) => `Déplacer ${quoted(name)}`,
  moveTo: { start: 'Au début', earlier: 'Vers l’avant', later: 'Vers l’arrière', end: 'À la fin' },
  state: (facts, formats) => {
    switch (facts.state) {
      case 'preparing': return 'Préparation…'
      case 'queued': return 'En attente de son tour'
      case 'not_started': return 'Pas encore envoyé'
      case 'uploading':
        if (facts.percent === null) return 'Envoi…'
        return facts.left === null ? formats.percent(facts.percent) : `${formats.percent(facts.percent)}, temps restant\u00a0: ${formats.duration(facts.left)}`
      case 'finishing': return 'Finalisation…'
      case 'stalled': return 'Plus rien n’avance…'
      case 'waiting': return `Nouvel essai dans ${formats.duration(facts.wait)}`
      case 'offline': return 'En attente de la connexion'
      case 'uploaded': return 'Joint'
      case 'link': return 'Lien'
    }
  },
  sizeOfRest: (count, formats) => `et ${formats.number(count - 1)} de plus`,

  errors: {
    empty_file: () => 'Ce fichier est vide (0 octet). Choisissez-en un qui a du contenu.',
    kind_not_allowed: ({ facts }, _, formats) => {
      const what = facts.extension !== '' ? `les fichiers .${facts.extension}` : `les ${facts.kind === 'custom' ? 'fichiers' : KINDS[facts.kind]} sans extension`
      const allowed = allowedBy(facts, KINDS)
      const only = allowed.length === 0 ? '' : `, seulement ceci\u00a0: ${formats.list(allowed)}`
      return `${WHO[facts.layer]} n’accepte pas ${what}${only}.`
    },
    too_many_attachments: ({ facts }, _, formats) => {
      const ofPictures = facts.kind === 'image'
      const counted = ofPictures ? images : files
      if (facts.limit === 0) return ofPictures ? `Rien n’a été ajouté. ${WHO[facts.layer]} n’accepte aucune image dans un message.` : `Rien n’a été ajouté. ${WHO[facts.layer]} n’accepte aucun fichier dans un message.`
      const rule = `${WHO[facts.layer]} accepte au maximum ${counted(facts.limit, formats)} par message.`
      if (facts.count === 1) return `Rien n’a été ajouté. ${rule} Retirez un fichier pour faire de la place.`
      const names = namesOf(facts, formats, (more) => `${formats.number(more)} de plus`, quoted)
      return `Non ajouté\u00a0: ${counted(facts.count, formats)} (${names}). ${rule} Retirez-en pour faire de la place.`
    },
    file_name_invalid: ({ facts }) =>
      facts.reason === 'not_a_link' ? 'Ce n’est pas une adresse web. Une adresse web commence par https://' : 'Ce fichier n’a pas de nom. Renommez-le, puis choisissez-le à nouveau.',
    folder_not_accepted: ({ facts }, _, formats) => {
      switch (facts.reason) {
        case 'empty': return 'Ce dossier ne contient aucun fichier.'
        case 'too_many_files':
          return facts.limit === null
            ? 'Ce dossier contient trop de fichiers\u202f; seuls les premiers ont été pris.'
            : `Ce dossier contient plus de ${files(facts.limit, formats)}\u202f; seuls les premiers (${formats.number(facts.limit)}) ont été pris.`
        case 'not_accepted': return 'Impossible de joindre un dossier ici. Ouvrez-le et choisissez les fichiers qu’il contient.'
      }
    },
    uploads_disabled: ({ facts }) => {
      switch (facts.what) {
        case 'files': return `${WHO[facts.layer]} n’accepte aucun fichier.`
        case 'local_files': return `${WHO[facts.layer]} n’accepte que des liens, pas de fichiers d’un appareil.`
        case 'links': return `${WHO[facts.layer]} n’accepte pas de liens, seulement des fichiers d’un appareil.`
      }
    },
    refused_by_host: ({ facts }) => facts.message ?? 'Cette page n’accepte pas ce fichier.',
    content_mismatch: ({ facts }) =>
      facts.found === null
        ? `Le nom indique .${facts.extension}, mais le contenu est autre chose. Vérifiez le fichier.`
        : `Le nom indique .${facts.extension}, mais le contenu est au format ${facts.found.toUpperCase()}. Si c’est bien le cas, renommez-le en .${facts.found}.`,
    file_unreadable: ({ facts }) => {
      switch (facts.reason) {
        case 'changed': return 'Ce fichier a été modifié après avoir été choisi. Choisissez-le à nouveau.'
        case 'missing': return 'Ce fichier n’est plus là\u00a0: il a été déplacé, renommé ou supprimé. Choisissez-le à nouveau.'
        case 'not_readable': return 'Ce fichier est illisible. Il a peut-être été modifié après avoir été choisi, est verrouillé, ou n’est pas encore téléchargé sur cet appareil. Choisissez-le à nouveau.'
      }
    },
    file_too_large: ({ facts }, _, formats) => {
      if (facts.limit === null) return `${formats.bytes(facts.size)}, c’est plus que ce que le serveur accepte pour les ${KINDS[facts.category]}.`
      const { size, limit } = formats.bytesOver(facts.size, facts.limit)
      return `${size}, c’est plus que la limite ${OF_WHOM[facts.layer ?? 'app']} pour les ${KINDS[facts.category]}\u00a0: ${limit}.`
    },
    request_entity_too_large: ({ facts: { size } }, _, formats) =>
      size === null ? 'Ce fichier dépasse ce que le serveur Dify accepte en un seul envoi.' : `${formats.bytes(size)}, c’est plus que ce que le serveur Dify accepte en un seul envoi.`,
    gateway_too_large: ({ facts: { size } }, _, formats) =>
      `${size === null ? 'Ce fichier dépasse' : `${formats.bytes(size)}, c’est plus que`} ce qu’un serveur sur le chemin vers Dify laisse passer. Son exploitant peut relever cette limite.`,
    unsupported_file_type: (_, { name }) => `Dify n’accepte pas ce type de fichier${endingOf(name) === '' ? '' : ` (${endingOf(name)})`}.`,
    too_many_files: () => 'Dify accepte un fichier par envoi et en a reçu plusieurs.',
    filename_not_exists_error: () => 'Dify n’a pas reçu de nom pour ce fichier. Renommez-le, puis choisissez-le à nouveau.',
    invalid_param: () => 'Dify n’a pas accepté ce fichier tel quel. Son nom contient peut-être un caractère que Dify n’accepte pas.',
    bad_request_key_error: () => 'Le fichier n’est pas arrivé entier chez Dify. Réessayez.',
    no_file_uploaded: () => 'Le fichier n’est pas arrivé chez Dify. Réessayez.',
    upload_incomplete: ({ facts }, _, formats) => `Dify n’a reçu que ${formats.bytes(facts.stored)} sur ${formats.bytes(facts.expected)}. Réessayez.`,
    unauthorized: () => 'Vous n’êtes plus connecté. Connectez-vous, puis réessayez.',
    session_required: () => 'Votre session a expiré. Réessayez.',
    forbidden_origin: () => 'Le serveur n’accepte pas d’envois depuis cette page. Son exploitant doit les autoriser.',
    not_found: () => 'Il n’y a pas de service d’envoi à cette adresse. L’exploitant de la page doit la corriger.',
    method_not_allowed: () => 'Le service d’envoi à cette adresse n’accepte pas de fichiers. L’exploitant de la page doit la corriger.',
    invalid_user: () => 'Le serveur n’a pas pu vous identifier. Son exploitant doit corriger cela.',
    too_many_requests: () => 'Trop d’envois à la fois pour le serveur. Réessayez dans un instant.',
    rate_limit_error: () => 'Cette application a épuisé ses envois pour l’instant. Réessayez plus tard ou adressez-vous à son responsable.',
    gateway_timeout: () => 'Le serveur a mis trop de temps à répondre. Réessayez.',
    upstream_unavailable: () => 'Dify est injoignable pour le moment. Réessayez.',
    unknown: () => 'Dify a rencontré un problème. Réessayez.',
    internal_server_error: () => 'Le serveur a rencontré un problème. Réessayez.',
    network: ({ facts }, { size }, formats) => {
      switch (facts.reason) {
        case 'offline': return 'Pas de connexion. L’envoi reprendra à son retour.'
        case 'stalled': return 'Plus rien n’avançait depuis un moment, l’envoi a donc été abandonné. Réessayez.'
        case 'no_answer': return 'Tout a été envoyé, mais aucune réponse n’est venue. Réessayez.'
        case 'lost':
          if (!facts.mayBeSizeLimit) return 'La connexion a été perdue. Réessayez.'
          return `La connexion a été perdue. ${size === null ? 'Une' : `Pour un fichier de ${formats.bytes(size)}, une`} limite de taille sur le chemin peut en être la cause.`
      }
    },
    upstream_unauthorized: () => 'La clé du serveur pour Dify n’est pas valable. Son exploitant doit la corriger.',
    upstream_forbidden: () => 'Dify n’autorise pas ce serveur à envoyer des fichiers. Son exploitant doit corriger cela.',
    upstream_not_found: () => 'Le service d’envoi de Dify est introuvable. L’exploitant du serveur doit corriger son adresse.',
    upstream_redirect: () => 'L’adresse de Dify mène ailleurs. L’exploitant du serveur doit la corriger.',
    upstream_not_dify: () => 'La réponse ne venait pas de Dify. L’exploitant du serveur doit vérifier son adresse.',
    other: ({ serverCode, retryable }) => `Le serveur a refusé ce fichier (${serverCode}).${retryable ? ' Réessayez.' : ''}`,
  },
  notes: {
    renamed: ({ from }) => `Renommé, auparavant ${quoted(from)}`,
    converted: ({ from, to }, formats) => (to < from ? `Taille réduite\u00a0: ${formats.bytes(from)} → ${formats.bytes(to)}` : `Converti\u00a0: ${formats.bytes(from)} → ${formats.bytes(to)}`),
    duplicate: () => 'Déjà dans la liste',
    'content-differs': ({ extension }) => (extension === null ? 'Le contenu ne correspond pas au nom' : `Le contenu ressemble à du ${extension.toUpperCase()}`),
    host: ({ message }) => message,
  },

  announce: {
    added: (names, count, formats) => (count === 1 ? `Ajout de ${quoted(names[0] ?? '')}.` : `${files(count, formats)} ajoutés.`),
    uploaded: (names, count, formats) => (count === 1 ? `${quoted(names[0] ?? '')} est joint.` : `${files(count, formats)} joints.`),
    half: (name) => `La moitié de ${quoted(name)} est envoyée.`,
    removed: (name) => `${quoted(name)} a été retiré.`,
    moved: (name, place, of, formats) => `${quoted(name)} est maintenant en position ${formats.number(place)} sur ${formats.number(of)}.`,
    renamed: (name, newName) => `${quoted(name)} a été renommé en ${quoted(newName)}.`,
    original: (name) => `L’original de ${quoted(name)} est envoyé à la place.`,
    offline: 'Pas de connexion. Les envois l’attendent.',
    online: 'La connexion est rétablie.',
    drop: 'Déposez pour joindre.',
    failed: (name, sentence) => `${name}\u00a0: ${sentence}`,
    moreFailed: (count, formats) => `Et ${formats.number(count)} de plus avec un problème.`,
  },
  draft: {
    elsewhere: 'Un autre onglet conserve ce brouillon. Les fichiers ajoutés ici seront perdus à la fermeture de la page.',
    unavailable: 'Ce navigateur ne conserve pas les brouillons. Les fichiers non envoyés seront perdus à la fermeture de la page.',
    notKept: (names, count, formats) => (count === 1 ? `Il n’y a pas la place de conserver ${quoted(names[0] ?? '')}. Si la page se ferme, choisissez-le à nouveau.` : `Il n’y a pas la place de conserver ${files(count, formats)}. Si la page se ferme, choisissez-les à nouveau.`),
    expired: (count, formats) => `Perdu, car conservé trop longtemps dans ce brouillon\u00a0: ${files(count, formats)}.`,
  },
  send: {
    preparing: 'Préparation des fichiers…',
    uploading: 'En attente de l’envoi des fichiers…',
    waiting: 'En attente d’un nouvel essai d’envoi…',
    offline: 'En attente de la connexion…',
    failed: 'Un fichier a échoué. Réessayez, retirez-le ou envoyez sans lui.',
    not_started: 'Les fichiers ne sont pas encore envoyés.',
    required: 'Joignez d’abord un fichier.',
    too_many: 'Trop de fichiers pour un seul message. Retirez-en quelques-uns.',
    sending: 'Envoi du message…',
    sendFailed: 'Le message n’a pas été envoyé. Rien n’est perdu\u00a0: réessayez.',
  },
}

const KINDS: KindWords = { image: 'images', document: 'documents', audio: 'fichiers audio', video: 'vidéos', custom: 'autres fichiers' }
const WHO: Record<Layer, string> = { host: 'Cette page', operator: 'Ce serveur', app: 'Cette application', default: 'Dify' }
const OF_WHOM: Record<Layer, string> = { host: 'de cette page', operator: 'de ce serveur', app: 'de cette application', default: 'habituelle de Dify' }

function files(count: number, formats: Formats): string {
  return `${formats.number(count)} ${formats.plural(count, { one: 'fichier', many: 'de fichiers', other: 'fichiers' })}`
}

function images(count: number, formats: Formats): string {
  return `${formats.number(count)} ${formats.plural(count, { one: 'image', many: 'd’images', other: 'images' })}`
}

function quoted(name: string): string {
  return `«\u00a0${name}\u00a0»`
}
