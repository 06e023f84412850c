/** Interactions that this process goes on with because the one that had them died: their first response may stand already. */
export const takenOver = new WeakSet<object>();
