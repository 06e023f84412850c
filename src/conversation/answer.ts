/**
 * The neutral answer: what the product says, before any platform draws it. Every text in it is worded in the
 * asker's language and is plain: titles come from data and may hold anything (markup, bidi controls, ten
 * thousand characters), so an adapter escapes, cleans and shortens on its way out (`clean` in text.ts).
 */
import type { OptionSpec } from './options.ts';

export type Answer = RecommendationsAnswer | FilmDetailAnswer | NoticeAnswer | QuestionAnswer;

/** Something that can be pressed. Its token is all that any process needs to act on it. */
export interface Control {
  readonly action: ControlAction;
  /** Short label: at most 80 characters before cleaning. */
  readonly label: string;
  /** A fuller label for screen readers. */
  readonly description?: string;
  /** At most 100 characters of `A-Z a-z 0-9 . _ ~ -`: fits a Discord custom_id and an address. */
  readonly token: string;
  readonly emoji?: string;
  /** State of a toggle. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}

export type ControlAction =
  | 'details'
  | 'back'
  | 'next'
  | 'previous'
  | 'filters'
  | 'clear-filters'
  | 'mainstream'
  | 'share'
  | 'vote-up'
  | 'vote-down'
  | 'mark'
  | 'choose'
  /** Votes for a film of a film night. */
  | 'night-vote';

/** A link out of the product. */
export interface Link {
  /** Of a film: its trailer, or who has it. */
  readonly kind?: 'trailer' | 'watch';
  readonly label: string;
  readonly url: string;
}

/** A named fact; `share` (0…1) can be drawn as a bar. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly share?: number;
}

/** The song as it was understood. */
export interface SongCard {
  /** Spotify track id; null for a song that has none. */
  readonly id: string | null;
  /** Without what only names an edition, such as “Remastered 2011”. */
  readonly title: string;
  readonly artists: string;
  /** `Remastered 2011`, where the title names an edition. */
  readonly edition?: string;
  /** Tempo, energy, valence, popularity, as far as they are known; of a blend nothing. */
  readonly facts: readonly Fact[];
  /** Where the features come from, and what the song's feel rests on: a sentence each. */
  readonly source: string;
  readonly url: string | null;
}

/** Where a film's picture comes from. */
export interface Poster {
  /** Address on TMDB's image host, or null offline: then draw {@link drawnPoster}. */
  readonly url: string | null;
  /** Text alternative. */
  readonly alt: string;
  /** The picture of the drawn poster (`planMotifs`): no two of an answer share one. */
  readonly motif?: string;
}

/** One film of an answer. */
export interface FilmCard {
  /** Place among all films for the question, 1 the best: the second page begins with 6. */
  readonly position: number;
  readonly id: number;
  readonly title: string;
  /** Empty when unknown. */
  readonly year: string;
  /** 0…1 */
  readonly score: number;
  /** The score with two decimals. */
  readonly scoreText: string;
  readonly genres: readonly string[];
  /** TMDb's own genre names, for colours. */
  readonly rawGenres: readonly string[];
  /** `1 h 42 min`, empty when unknown. */
  readonly runtime: string;
  /** `7.4`, empty without votes. */
  readonly rating: string;
  /** The strongest reason that could be worded; may be empty. */
  readonly reason: string;
  readonly poster: Poster;
  readonly details: Control;
}

/** A film in which the song is known to stand: said before the films, and none of them because of it. */
export interface UseNote {
  /** `You know it from …`; films that one sentence names all carry it. */
  readonly label: string;
  /** Opens the film; its label is the film's name. */
  readonly details: Control;
}

/** Who has a film where the asker lives. It tells their country: drawn only where nobody else reads. */
export interface WatchNote {
  /** `Where to watch in Germany`; without a country that was chosen, `Where to watch`. */
  readonly heading: string;
  /** A sentence for each way to have it, or one that says that there is none, or that the country is not known. */
  readonly lines: readonly string[];
  /** Asks for the country, or for another one. */
  readonly country: Control;
  /** Takes the country typed. */
  readonly form: Form;
  /** Whose data these are, to be said beside them; empty where there are none. */
  readonly credit: string;
}

/** One side of a {@link Profiles} picture. */
export interface ProfileSide {
  /** Feelings by strength, strongest first; at most six. */
  readonly terms: readonly {
    readonly name: string;
    /** 0…1 */
    readonly strength: number;
    readonly shared: boolean;
  }[];
  /** At most two. */
  readonly worlds: readonly { readonly name: string; readonly shared: boolean }[];
}

/** What song and film feel like, side by side. */
export interface Profiles {
  readonly song: ProfileSide;
  readonly film: ProfileSide;
  /** What both share, in words: the picture's text alternative. */
  readonly caption: string;
}

/** A filter in force. */
export interface FilterChip {
  readonly name: string;
  readonly value: string;
  /** Asks the same again without this filter. */
  readonly remove: Control;
}

/** A form that a platform shows as fields or a modal: its values go to `handleAction(token, context, values)`. */
export interface Form {
  readonly token: string;
  /** What is filled in, where it is not the filters. */
  readonly title?: string;
  readonly submit: string;
  readonly fields: readonly { readonly option: OptionSpec; readonly value: string }[];
}

interface AnswerBase {
  /** Whether only the asker should see it. */
  readonly private: boolean;
}

export interface RecommendationsAnswer extends AnswerBase {
  readonly kind: 'recommendations';
  /** One line: `Five films that feel like …`. */
  readonly heading: string;
  readonly song: SongCard;
  /** At most two; shown before the films. */
  readonly uses: readonly UseNote[];
  /** Other songs that the question may have meant; at most three. */
  readonly alternatives: readonly Control[];
  /** Best first; five, or fewer when the filters leave fewer. Empty only together with a note. */
  readonly films: readonly FilmCard[];
  readonly filters: readonly FilterChip[];
  /** What the reader should know: guesses, other readings, nothing left by the filters. */
  readonly notes: readonly string[];
  /** Back, next five, filters, share: in the order to show them. */
  readonly controls: readonly Control[];
  /** Hidden gems, balanced, well known: exactly one is pressed. */
  readonly mainstream: readonly Control[];
  readonly form: Form;
  /** Opens this very answer again; goes into shareable addresses. */
  readonly token: string;
  readonly attribution: string;
}

export interface FilmDetailAnswer extends AnswerBase {
  readonly kind: 'filmDetail';
  readonly id: number;
  readonly title: string;
  /** Empty when the same as the title. */
  readonly originalTitle: string;
  readonly year: string;
  /** Empty when the film has none. */
  readonly tagline: string;
  readonly overview: string;
  readonly score: number;
  readonly scoreText: string;
  readonly genres: readonly string[];
  readonly rawGenres: readonly string[];
  /** Release date, language, runtime, rating and votes, countries. */
  readonly facts: readonly Fact[];
  /** Every reason that could be worded, strongest first. */
  readonly reasons: readonly string[];
  readonly poster: Poster;
  readonly links: readonly Link[];
  /** Absent where it is not known, and where no key for TMDB is set. */
  readonly watch?: WatchNote;
  readonly neighbours: readonly Control[];
  /** Asks for songs that feel like the film. */
  readonly songs?: Control;
  /** Name of the song, for captions. */
  readonly song: string;
  readonly profiles: Profiles;
  /** Back, 👍, 👎, and what the asker may keep of the film: saved, seen, not for me. */
  readonly controls: readonly Control[];
  readonly token: string;
  readonly attribution: string;
}

/** One song of a notice that lists songs. */
export interface SongItem {
  /** Place among all songs for the question, 1 the best. */
  readonly position: number;
  readonly title: string;
  readonly artists: string;
  /** 0…1 */
  readonly score: number;
  readonly scoreText: string;
  /** What it shares with the film; empty for a mood. */
  readonly reason: string;
  /** Where it can be heard, or null. */
  readonly url: string | null;
  /** Asks for films that feel like it. */
  readonly films: Control;
}

/** A film that a film night may choose. */
export interface NightFilm {
  /** Its reason says whom it is closest to, and for whom it is a stretch. */
  readonly card: FilmCard;
  /** Whether it was chosen. */
  readonly chosen: boolean;
  readonly votes: number;
  /** Votes for it, or takes the vote back; null once it is over. */
  readonly vote: Control | null;
  /** Whether whoever asked voted for it: for surfaces that draw it for them alone. */
  readonly mine: boolean;
}

/** A film night as it stands, for surfaces that draw more than the lines of its notice. */
export interface NightBoard {
  /** Grows with every change. */
  readonly revision: number;
  readonly people: readonly { readonly name: string; readonly song: string }[];
  readonly films: readonly NightFilm[];
  /** Adds a song, while songs are taken. */
  readonly form: Form | null;
  /** Token of the control that asks for the form. */
  readonly join: string;
  /** Its event in the calendar of the place; null where there is none. */
  readonly event: Link | null;
  /** What was asked of everyone last: stands before people and films. */
  readonly lead: readonly string[];
}

/** A sentence, with what one could try next. */
export interface NoticeAnswer extends AnswerBase {
  readonly kind: 'notice';
  /** `info` for help and thanks, `sorry` when something could not be done. */
  readonly tone: 'info' | 'sorry';
  readonly title: string;
  readonly lines: readonly string[];
  readonly controls: readonly Control[];
  /** Songs that the lines name, for surfaces that draw more than lines: their buttons are among the controls, too. */
  readonly songs?: readonly SongItem[];
  /** What narrows the songs. */
  readonly form?: Form;
  /** Opens this very notice again. */
  readonly token?: string;
  /** The answer that is passed on: its picture goes with the notice where pictures can be sent. */
  readonly shares?: RecommendationsAnswer;
  /** What songs and films feel like side by side, for surfaces that draw; its caption stands among the lines. */
  readonly profiles?: Profiles;
  /** A film night: everybody there may press, and all see the same. */
  readonly night?: NightBoard;
  /** What a Letterboxd export may be taken as, where a surface can take a file: its text is the value `csv`. */
  readonly uploads?: readonly Control[];
  /** A file that the person asked for. */
  readonly attachment?: { readonly name: string; readonly mediaType: string; readonly text: string };
}

/** A question back: choose one, or fill in the form. */
export interface QuestionAnswer extends AnswerBase {
  readonly kind: 'question';
  readonly text: string;
  /** At most 25. */
  readonly choices: readonly (Control & { readonly detail?: string })[];
  readonly form?: Form;
}
