/** Tables of OpenCC, as `from to|from to|…`. */
declare module 'opencc-js/dict/TSCharacters' {
  const table: string;
  export default table;
}
declare module 'opencc-js/dict/JPShinjitaiCharacters' {
  const table: string;
  export default table;
}
