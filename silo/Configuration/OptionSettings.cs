using Microsoft.Extensions.Configuration;

namespace Chia.Silo.Configuration;

/// <summary>What was said on the command line: the last source, which goes before all others.</summary>
internal sealed class OptionSettings : ConfigurationProvider
{
    public void Set(ConfigKey key, string value, string source) => Data[key.Entry] = key.Check(value, source);
}
