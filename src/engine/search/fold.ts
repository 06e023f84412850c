/** Tables that make different spellings of one letter the same letter. Data only, so that a row is easy to add. */

/** Letters that Unicode does not decompose, after lower-casing. */
const LATIN: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'ng',
  ƒ: 'f',
  ə: 'e',
  ɪ: 'i',
  ς: 'σ',
};

/** Arabic and Persian write the same letter with several code points; keyboards rarely agree on which. */
const ARABIC: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ے: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ـ: '',
};

/** Letters of the same shape-family in Cyrillic alphabets that people swap when their keyboard lacks one. */
const CYRILLIC: Readonly<Record<string, string>> = { ґ: 'г', є: 'е', і: 'и' };

/** Decimal digits of Arabic, Persian and Devanagari to ASCII. */
const DIGITS: Readonly<Record<string, string>> = Object.fromEntries(
  [0x660, 0x6f0, 0x966].flatMap((zero) =>
    Array.from({ length: 10 }, (_, digit) => [String.fromCharCode(zero + digit), String(digit)]),
  ),
);

/** One letter → its replacement. Applied after NFKD, lower-casing and the removal of accents. */
export const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...LATIN, ...ARABIC, ...CYRILLIC, ...DIGITS }),
);

/**
 * Combining marks that are accents: a person may leave them out. The vowel signs of Devanagari or Thai and
 * the voicing marks of kana are marks as well, yet part of the letter, and stay.
 */
export const ACCENTS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: the marks are meant one by one
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/gu;

/**
 * Traditional (or Japanese) and simplified forms that occur in song titles, as pairs. Far from complete:
 * a character that is not here still matches itself.
 */
const HAN_PAIRS =
  '愛爱 紅红 蓮莲 華华 話话 說说 説说 語语 詞词 詩诗 讓让 請请 謝谢 認认 誰谁 記记 許许 該该 識识 變变 ' +
  '戀恋 風风 飛飞 馬马 鳥鸟 魚鱼 龍龙 竜龙 雲云 電电 霧雾 靈灵 夢梦 歲岁 歳岁 時时 間间 門门 開开 關关 ' +
  '関关 來来 個个 們们 你妳 傷伤 億亿 優优 償偿 兒儿 児儿 兩两 両两 冊册 凍冻 劍剑 剣剑 動动 勞劳 勝胜 ' +
  '區区 單单 単单 嗎吗 嘆叹 國国 圓圆 円圆 場场 塵尘 聲声 壞坏 夠够 奪夺 妝妆 婦妇 媽妈 學学 孫孙 實实 ' +
  '実实 寶宝 寫写 將将 對对 対对 導导 屬属 島岛 幾几 庫库 強强 彈弹 後后 從从 徹彻 憶忆 懷怀 恆恒 悅悦 ' +
  '憂忧 應应 戰战 戦战 戲戏 戶户 捨舍 掛挂 撲扑 擁拥 攝摄 敗败 數数 斷断 無无 曉晓 暫暂 會会 楊杨 極极 ' +
  '榮荣 樂乐 楽乐 樹树 橋桥 機机 歡欢 歎叹 歸归 帰归 殺杀 氣气 気气 決决 沒没 沖冲 涼凉 淚泪 涙泪 溫温 ' +
  '滅灭 滿满 満满 漢汉 潔洁 灣湾 煙烟 煩烦 熱热 燈灯 燒烧 爭争 狀状 獨独 獻献 現现 瑪玛 環环 畫画 異异 ' +
  '當当 発发 發发 髮发 盡尽 眾众 眞真 睜睁 確确 禮礼 種种 穩稳 窮穷 筆笔 節节 約约 純纯 紙纸 終终 給给 ' +
  '絕绝 統统 經经 緊紧 線线 練练 縱纵 總总 繼继 續续 羅罗 義义 習习 聖圣 聞闻 聽听 職职 膽胆 臉脸 與与 ' +
  '舊旧 艷艳 芻刍 莊庄 萬万 葉叶 著着 蒼苍 藍蓝 藝艺 薔蔷 處处 號号 蟲虫 蝕蚀 補补 裏里 裡里 見见 親亲 ' +
  '覺觉 観观 觀观 訴诉 試试 詠咏 誤误 調调 談谈 論论 講讲 護护 負负 財财 貝贝 賣卖 買买 賞赏 贏赢 趕赶 ' +
  '跡迹 蹤踪 車车 軍军 軌轨 輕轻 軽轻 輝辉 轉转 転转 辭辞 農农 這这 連连 進进 遊游 運运 過过 達达 遠远 ' +
  '適适 選选 還还 邊边 辺边 鄉乡 釀酿 鏡镜 鐘钟 鐵铁 鑽钻 長长 閃闪 閉闭 陽阳 陰阴 階阶 際际 隨随 難难 ' +
  '雙双 離离 雖虽 靜静 韓韩 響响 頁页 頂顶 順顺 願愿 類类 顏颜 顔颜 題题 顧顾 飄飘 飯饭 飲饮 餘余 驕骄 ' +
  '驚惊 騎骑 鬥斗 鬧闹 魯鲁 麗丽 麥麦 黃黄 點点 齊齐 齡龄 櫻樱 桜樱 広广 廣广 戸户 図图 圖图 団团 團团';

/** Traditional or Japanese Han character → the simplified one that stands for it in the index. */
export const HAN: ReadonlyMap<string, string> = new Map(
  HAN_PAIRS.split(' ').map((pair) => {
    const [from, to] = [...pair];
    return [from!, to!] as const;
  }),
);
