/** The answer about a message: films for the song that it is about. */
import { runCommand } from '../../../commands/command.ts';
import { movieFor } from '../../../commands/movie-for.ts';
import type { Answer } from '../../conversation/answer.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import { sorry } from '../../conversation/notices.ts';
import { questionsIn, type SeenMessage } from './song-in-message.ts';

/** Films for the first reading that leads to some, else what is to be said of the likeliest. */
export async function answerAbout(message: SeenMessage, context: AnswerContext): Promise<Answer> {
  const answers: Answer[] = [];
  for (const song of questionsIn(message)) {
    const answer = await runCommand(movieFor, { song }, context);
    if (answer.kind === 'recommendations') return answer;
    answers.push(answer);
  }
  return answers.find(({ kind }) => kind === 'question') ?? answers[0] ?? sorry(context, 'chat.noSong');
}
