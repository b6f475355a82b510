/** What the simulator says when it is not told what to say. */

export const STORY = [
  'The keeper of the lighthouse counted everything that could be counted.',
  'Each evening he wrote down when the lamp was lit, how long it took to burn steadily, and how many turns it made until dawn.',
  'The first turn always came late, for the oil was cold; he marked it and left it out of his averages.',
  'Once a storm put the lamp out in the middle of the night.',
  'He did not write a zero for the hours of darkness, and he did not guess them either: he wrote that they were missing, and why.',
  'Years later the harbour master read the books from end to end and found that they could be trusted,',
  'not because the lamp had never failed, but because every failure stood in its place with its hour beside it.',
].join(' ')
