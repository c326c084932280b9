using System.Collections.Concurrent;

namespace Chia.Silo.Node;

/// <summary>Which log lines are written, by category; can be changed while the node runs (OPERATIONS 5). Safe from any thread.</summary>
internal sealed class LogLevels
{
    /// <summary>Stands for every category that nobody says anything of.</summary>
    public const string Default = "default";

    private readonly ConcurrentDictionary<string, LogLevel> _set = [];
    private readonly ConcurrentDictionary<string, LogLevel> _known = [];

    /// <summary>Categories that the configuration names, with what they were before it did.</summary>
    private readonly ConcurrentDictionary<string, LogLevel?> _configured = [];

    private volatile IReadOnlyList<string> _silenced = [];

    public LogLevels(LogLevel level) => _set[Default] = level;

    /// <summary>What was said, by category.</summary>
    public IReadOnlyDictionary<string, LogLevel> All => new SortedDictionary<string, LogLevel>(_set, StringComparer.Ordinal);

    /// <summary>From now on a category, and those below it, write from this level on.</summary>
    public void Set(string category, LogLevel level)
    {
        _set[category] = level;
        _known.Clear();
    }

    /// <summary>From now on it is as the configuration says; a category that it does not name any more is what it was before.</summary>
    public void Set(LogSettings settings)
    {
        _set[Default] = settings.Level;
        foreach (var (category, before) in _configured.Where(entry => !settings.Levels.ContainsKey(entry.Key)).ToList())
        {
            _configured.TryRemove(category, out _);
            if (before is { } level)
                _set[category] = level;
            else
                _set.TryRemove(category, out _);
        }

        foreach (var (category, level) in settings.Levels)
        {
            _configured.TryAdd(category, _set.TryGetValue(category, out var before) ? before : null);
            _set[category] = level;
        }

        _known.Clear();
    }

    /// <summary>Is a line of this level written?</summary>
    public bool IsEnabled(string? category, LogLevel level) =>
        level >= _known.GetOrAdd(category ?? Default, Find) && !IsSilenced(category);

    /// <summary>These categories, and those below them, write nothing, whatever is set, until they are named no more: for a while in which
    /// somebody else tells what they would.</summary>
    public void Silence(params IReadOnlyList<string> categories) => _silenced = categories;

    /// <summary>A category of a generic type goes on with the number of its parameters.</summary>
    private bool IsSilenced(string? category)
    {
        foreach (var name in _silenced)
        {
            if (category?.StartsWith(name, StringComparison.Ordinal) == true
                && (category.Length == name.Length || category[name.Length] is '.' or '`'))
                return true;
        }

        return false;
    }

    /// <summary>The level of the longest name that is the category or above it.</summary>
    private LogLevel Find(string category)
    {
        for (var name = category; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
        {
            if (_set.TryGetValue(name, out var level))
                return level;
        }

        return _set[Default];
    }

    /// <summary>Takes the place of the filters that were set up before: they become levels that can be changed. Of two for a category the
    /// later counts.</summary>
    public void TakeOver(ILoggingBuilder logging)
    {
        logging.Services.AddSingleton(this);
        logging.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            foreach (
                var rule in options.Rules.Where(
                rule => rule is { ProviderName: null, CategoryName: not null, LogLevel: not null, Filter: null }).Reverse())
            {
                var category = rule.CategoryName!.TrimEnd('*', '.');
                if (!_set.TryAdd(category, rule.LogLevel!.Value) && _configured.TryGetValue(category, out var before) && before is null)
                    _configured[category] = rule.LogLevel;
            }

            options.Rules.Clear();
            options.MinLevel = LogLevel.Trace;
            options.Rules.Add(new LoggerFilterRule(null, null, null, (_, category, level) => IsEnabled(category, level)));
        });
    }
}
