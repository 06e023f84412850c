/** What only Slack needs in words, in Korean. */
import type { SlackWords } from '../words.ts';

export const ko: SlackWords = {
  sharedBy: '{{user}} 님이 공유함',
  shared: '채널에 공유했습니다.',
  notShared: '여기에는 게시할 수 없었습니다.',
  cancel: '취소',
  anyChoice: '상관없음',
  openList: '영화 보기',
  example: '예: {{example}}',
  filmsTitle: '영화 다섯 편',
  home: {
    how: '사용 방법',
    mention: '슬래시 명령이 안 되는 스레드에서는 멘션하세요: `@Music2Movie hold on`',
    menu: '어느 메시지에서나: ⋮ → 바로가기 더 보기 → *Find films for this song*',
    direct: '*메시지* 탭에서 노래나 Spotify 링크를 보내 주세요.',
    invite: '채널에서는 먼저 `/invite @Music2Movie`. 그러면 그곳의 Spotify 링크를 볼 수 있습니다.',
    recent: '최근 답변',
    noRecent: '아직 없습니다. 하루 동안 메모리에만 남고, 본인만 볼 수 있습니다.',
    settings: '채널 설정',
    choose: '채널 선택',
    everyone: '채널을 볼 수 있는 사람은 누구나 그곳에서의 반응을 바꿀 수 있습니다.',
    links: 'Spotify 링크가 올라왔을 때',
    layout: '영화 다섯 편을 보여 주는 방식',
  },
  mode: {
    answer: '스레드에서 답하기',
    offer: '스레드에서 제안하기',
    unfurl: '링크 아래 미리보기',
    off: '아무것도 안 함',
  },
  layout: {
    list: '목록으로',
    carousel: '카드로 (최신 Slack만)',
  },
};
