import { baseName } from '../../base/path.ts';

/** Words of names of programs that look. As the first word they decide. */
const LOOKS =
  /^(?:test|tests|check|checker|verify|verifier|verification|validate|validator|eval|read|reader|show|print|list|view|viewer|inspect|inspector|debug|debugger|dump|find|finder|search|compare|cmp|diff|count|counter|calc|calculate|compute|query|status|stat|stats|info|repro|reproduce|reproduction|reproducer|demo|example|explore|examine|trace|profile|bench|benchmark|probe|ping|peek|look|get|is|has|diagnose|tmp|temp|try|display|describe|summary|summarize|preview|issue|bug|poc|lint|ask|monitor|watch|which|what)$/;

/** Verbs and doers of names of programs that make something. As the first word they decide. */
const MAKES =
  /^(?:setup|gen|generate|generator|make|create|creator|build|builder|write|writer|convert|converter|conversion|transform|process|processor|processing|prepare|preprocess|train|training|trainer|fit|finetune|fix|fixer|patch|apply|download|downloader|fetch|fetcher|cache|save|store|export|exporter|install|installer|uninstall|init|initialize|initialise|seed|migrate|migration|update|updater|upgrade|modify|edit|replace|insert|add|remove|delete|clean|cleaner|cleanup|reset|rename|move|copy|merge|split|splitter|extract|extractor|unpack|pack|compress|compressor|decompress|encrypt|encode|compile|compiler|render|renderer|draw|plot|deploy|start|stop|restart|launch|serve|server|daemon|run_server|format|refactor|rewrite|sync|backup|restore|import|importer|load|ingest|populate|register|configure|config|enable|disable|reconstruct|recover|recovery|repair|organize|reshard|revert|sanitize|publish|release|push|bootstrap|provision|translate|annotate|bump|commit)$/;

/** Words that say less: programs with them make a file more often than not, unless another word says that they look. */
const LEANS =
  /^(?:scrape|scraper|crawl|crawler|spider|explorer|detector|collect|collector|record|recorder|harvest|parse|parser|analysis|evaluate|evaluation|evaluator|report|reporter|pipeline|simulate|simulation)$/;

/**
 * What the name of a script says of it: it makes something, it looks, or nothing. Learnt from the scripts of recorded
 * runs whose text is known; a name is a hint, and what is told from it is never certain.
 */
export function judgeScriptName(path: string): 'makes' | 'looks' | 'unknown' {
  const stem = baseName(path).replace(/\.[A-Za-z0-9]{1,4}$/, '');
  const words = stem
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  // The first word is the verb in most names (`generate_report`, `check_fix`), the last names the doer (`csv_converter`).
  const [first] = words;
  const last = words.at(-1);
  if (first !== undefined && LOOKS.test(first)) return 'looks';
  if (first !== undefined && MAKES.test(first)) return 'makes';
  if (words.some((word) => LOOKS.test(word) && word !== 'get' && word !== 'is')) return 'looks';
  if (words.some((word) => word === 'to') || (last !== undefined && MAKES.test(last))) return 'makes';
  return words.some((word) => LEANS.test(word)) ? 'makes' : 'unknown';
}
