/** What only Slack needs in words, in Japanese. */
import type { SlackWords } from '../words.ts';

export const ja: SlackWords = {
  sharedBy: '{{user}} さんが共有しました',
  shared: 'チャンネルに共有しました。',
  notShared: 'ここには投稿できませんでした。',
  cancel: 'キャンセル',
  anyChoice: '指定なし',
  openList: '映画を見る',
  example: '例：{{example}}',
  filmsTitle: '5本の映画',
  home: {
    how: '使い方',
    mention: 'スラッシュコマンドが使えないスレッドでは、メンションしてください：`@Music2Movie hold on`',
    menu: 'どのメッセージでも：⋮ → その他のショートカット → *Find films for this song*',
    direct: '*メッセージ* タブで話しかけてください：曲名、または Spotify のリンク。',
    invite:
      'チャンネルでは、まず `/invite @Music2Movie`。そうすると、投稿された Spotify のリンクが見えます。',
    recent: '最近の回答',
    noRecent: 'まだありません。1日だけメモリに残り、見えるのはあなただけです。',
    settings: 'チャンネルの設定',
    choose: 'チャンネルを選ぶ',
    everyone: 'チャンネルを見られる人なら誰でも、そこでの反応を変えられます。',
    links: 'Spotify のリンクが投稿されたとき',
    layout: '5本の映画の見せ方',
  },
  mode: {
    answer: 'スレッドで答える',
    offer: 'スレッドで提案する',
    unfurl: 'リンクの下にプレビュー',
    off: '何もしない',
  },
  layout: {
    list: 'リスト',
    carousel: 'カード（新しい Slack のみ）',
  },
};
