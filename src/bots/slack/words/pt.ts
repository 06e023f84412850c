/** What only Slack needs in words, in Portuguese. */
import type { SlackWords } from '../words.ts';

export const pt: SlackWords = {
  sharedBy: 'Compartilhado por {{user}}',
  shared: 'Compartilhado no canal.',
  notShared: 'Não consegui publicar isso aqui.',
  cancel: 'Cancelar',
  anyChoice: 'Qualquer',
  openList: 'Ver filmes',
  example: 'Por exemplo: {{example}}',
  filmsTitle: 'Cinco filmes',
  home: {
    how: 'Como usar',
    mention: 'Numa conversa, onde os comandos não funcionam, mencione-me: `@Music2Movie hold on`.',
    menu: 'Em qualquer mensagem: ⋮ → Mais atalhos → *Find films for this song*.',
    direct: 'Escreva-me em *Mensagens*: uma música ou um link do Spotify.',
    invite: 'Num canal, primeiro `/invite @Music2Movie`; aí vejo os links do Spotify publicados nele.',
    recent: 'Suas últimas respostas',
    noRecent: 'Nenhuma ainda. Elas ficam um dia, só na memória, e só você as vê.',
    settings: 'Ajustes de um canal',
    choose: 'Escolha um canal',
    everyone: 'Quem pode ver um canal pode mudar como reajo nele.',
    links: 'Quando alguém publica um link do Spotify',
    layout: 'Como cinco filmes aparecem nele',
  },
  mode: {
    answer: 'Responder na conversa',
    offer: 'Oferecer na conversa',
    unfurl: 'Prévia sob o link',
    off: 'Não fazer nada',
  },
  layout: {
    list: 'Em lista',
    carousel: 'Em cartões (só Slack recente)',
  },
};
