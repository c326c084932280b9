using Chia.Silo.Node;
using Microsoft.Extensions.Logging;

namespace Chia.Silo.Tests.Node;

/// <summary>Levels follow the configuration while the node runs (OPERATIONS 5).</summary>
public sealed class LogLevelsTests
{
    [Fact]
    public void The_longest_name_above_a_category_decides()
    {
        var levels = new LogLevels(LogLevel.Information);
        levels.Set("Chia", LogLevel.Warning);
        levels.Set("Chia.Gateway", LogLevel.Debug);
        Assert.True(levels.IsEnabled("Chia.Gateway.FullNode", LogLevel.Debug));
        Assert.False(levels.IsEnabled("Chia.GatewayX", LogLevel.Information));
        Assert.True(levels.IsEnabled("Other", LogLevel.Information));
    }

    [Fact]
    public void Whom_somebody_else_speaks_for_is_silent_meanwhile_and_no_other()
    {
        var levels = new LogLevels(LogLevel.Information);
        levels.Set("Orleans.Runtime.Silo", LogLevel.Debug);
        levels.Silence("Orleans.Runtime.Silo");
        Assert.False(levels.IsEnabled("Orleans.Runtime.Silo", LogLevel.Error));
        Assert.False(levels.IsEnabled("Orleans.Runtime.Silo`1[[System.Int32]].left", LogLevel.Error));
        Assert.True(levels.IsEnabled("Orleans.Runtime.SiloControl", LogLevel.Error));

        levels.Silence();
        Assert.True(levels.IsEnabled("Orleans.Runtime.Silo", LogLevel.Debug));
    }

    [Fact]
    public void What_the_configuration_does_not_name_any_more_is_as_it_was()
    {
        var levels = new LogLevels(LogLevel.Information);
        levels.Set("Orleans", LogLevel.Warning);
        levels.Set(Configured(LogLevel.Debug, ("Orleans", LogLevel.Trace), ("Chia.Sync", LogLevel.Trace)));
        Assert.True(levels.IsEnabled("Orleans.Runtime", LogLevel.Trace));
        Assert.True(levels.IsEnabled("Chia.Sync", LogLevel.Trace));
        Assert.True(levels.IsEnabled("Chia.Grains", LogLevel.Debug));

        levels.Set(Configured(LogLevel.Error));
        Assert.True(levels.IsEnabled("Orleans.Runtime", LogLevel.Warning));
        Assert.False(levels.IsEnabled("Orleans.Runtime", LogLevel.Information));
        Assert.False(levels.IsEnabled("Chia.Sync", LogLevel.Warning));
    }

    [Fact]
    public void A_filter_does_not_go_before_the_configuration_and_is_there_after_it()
    {
        var levels = new LogLevels(LogLevel.Information);
        using var logs = LoggerFactory.Create(logging =>
        {
            logging.AddFilter("Orleans", LogLevel.Warning);
            levels.TakeOver(logging);
            levels.Set(Configured(LogLevel.Information, ("Orleans", LogLevel.Debug)));
        });
        Assert.True(levels.IsEnabled("Orleans", LogLevel.Debug));
        levels.Set(Configured(LogLevel.Information));
        Assert.False(levels.IsEnabled("Orleans", LogLevel.Information));
        Assert.True(levels.IsEnabled("Orleans", LogLevel.Warning));
    }

    private static LogSettings Configured(LogLevel level, params (string Category, LogLevel Level)[] levels) =>
        new() { Level = level, Levels = levels.ToDictionary(l => l.Category, l => l.Level) };
}
