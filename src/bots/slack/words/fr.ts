/** What only Slack needs in words, in French. */
import type { SlackWords } from '../words.ts';

export const fr: SlackWords = {
  sharedBy: 'Partagé par {{user}}',
  shared: 'Partagé dans le canal.',
  notShared: 'Je n’ai pas pu publier cela ici.',
  cancel: 'Annuler',
  anyChoice: 'Peu importe',
  openList: 'Voir les films',
  example: 'Par exemple : {{example}}',
  filmsTitle: 'Cinq films',
  home: {
    how: 'Comment s’en servir',
    mention: 'Dans un fil, où les commandes ne marchent pas, mentionnez-moi : `@Music2Movie hold on`.',
    menu: 'Sur tout message : ⋮ → Plus de raccourcis → *Find films for this song*.',
    direct: 'Écrivez-moi dans *Messages* : une chanson ou un lien Spotify.',
    invite:
      'Dans un canal, d’abord `/invite @Music2Movie` ; je vois alors les liens Spotify qui y sont publiés.',
    recent: 'Vos dernières réponses',
    noRecent: 'Aucune pour l’instant. Elles restent un jour, en mémoire seulement, et vous seul les voyez.',
    settings: 'Réglages d’un canal',
    choose: 'Choisissez un canal',
    everyone: 'Toute personne qui voit un canal peut changer ma façon d’y réagir.',
    links: 'Quand quelqu’un y publie un lien Spotify',
    layout: 'Comment cinq films y sont présentés',
  },
  mode: {
    answer: 'Répondre dans un fil',
    offer: 'Proposer dans un fil',
    unfurl: 'Aperçu sous le lien',
    off: 'Ne rien faire',
  },
  layout: {
    list: 'En liste',
    carousel: 'En cartes (Slack récent seulement)',
  },
};
