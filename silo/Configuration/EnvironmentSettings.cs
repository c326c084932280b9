using Microsoft.Extensions.Configuration;

namespace Chia.Silo.Configuration;

/// <summary>What the environment says: CHIA_SECTION_NAME for each key. Microsoft's own source would take any name, and mistakes with
/// it.</summary>
internal sealed class EnvironmentSettings(Func<string, string?> variable) : ConfigurationProvider
{
    /// <exception cref="UserException">A value is none of its key's; names the variable.</exception>
    public override void Load()
    {
        foreach (var key in ConfigSchema.All)
        {
            if (variable(key.Variable) is { Length: > 0 } value)
                Data[key.Entry] = key.Check(value, $"environment variable {key.Variable}");
        }
    }
}
