/** What only Slack needs in words, in Spanish. */
import type { SlackWords } from '../words.ts';

export const es: SlackWords = {
  sharedBy: 'Compartido por {{user}}',
  shared: 'Compartido en el canal.',
  notShared: 'No he podido publicarlo aquí.',
  cancel: 'Cancelar',
  anyChoice: 'Cualquiera',
  openList: 'Ver películas',
  example: 'Por ejemplo: {{example}}',
  filmsTitle: 'Cinco películas',
  home: {
    how: 'Cómo se usa',
    mention: 'En un hilo, donde los comandos no funcionan, mencióname: `@Music2Movie hold on`.',
    menu: 'En cualquier mensaje: ⋮ → Más atajos → *Find films for this song*.',
    direct: 'Escríbeme en *Mensajes*: una canción o un enlace de Spotify.',
    invite: 'En un canal, primero `/invite @Music2Movie`; así veo los enlaces de Spotify que se publiquen.',
    recent: 'Tus últimas respuestas',
    noRecent: 'Ninguna todavía. Se quedan un día, solo en memoria, y solo tú las ves.',
    settings: 'Ajustes de un canal',
    choose: 'Elige un canal',
    everyone: 'Quien pueda ver un canal puede cambiar cómo reacciono en él.',
    links: 'Cuando alguien publica un enlace de Spotify',
    layout: 'Cómo se muestran cinco películas',
  },
  mode: {
    answer: 'Responder en un hilo',
    offer: 'Ofrecer en un hilo',
    unfurl: 'Vista previa bajo el enlace',
    off: 'No hacer nada',
  },
  layout: {
    list: 'Como lista',
    carousel: 'Como tarjetas (solo Slack reciente)',
  },
};
