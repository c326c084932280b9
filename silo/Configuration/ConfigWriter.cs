using System.Text;

namespace Chia.Silo.Configuration;

/// <summary>Writes a config.yaml with every key, its default and what it means.</summary>
internal static class ConfigWriter
{
    public static string Write(string network)
    {
        var text = new StringBuilder();
        text.AppendLine("# Configuration of this node. Every value can be overridden by an environment variable (CHIA_SECTION_KEY, as in CHIA_FULL_NODE_PORT)");
        text.AppendLine("# and on the command line (--set section.key=value). What is commented out stands for its default.");
        var section = "";
        foreach (var key in ConfigSchema.All)
        {
            if (key.Section != section)
            {
                section = key.Section;
                text.AppendLine().AppendLine($"{section}:");
            }

            var indent = section.Length == 0 ? "" : "  ";
            text.AppendLine($"{indent}# {key.Description}");
            text.AppendLine(key.Path == "network"
                ? $"{key.Name}: '{network.Replace("'", "''", StringComparison.Ordinal)}'"
                : key.Default.Length == 0
                    ? $"{indent}# {key.Name}:"
                    : $"{indent}{key.Name}: {(key.Default == "*" ? "'*'" : key.Default)}");
        }

        return text.ToString();
    }
}
