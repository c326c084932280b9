namespace Chia.Silo.Configuration;

/// <summary>One value that can be configured: in config.yaml, by an environment variable, on the command line.</summary>
/// <param name="Section">Role, or empty for the top level.</param>
/// <param name="Name">Name in the section.</param>
/// <param name="Default">Value if nobody says otherwise; empty for none.</param>
/// <param name="Description">What it means, with its unit; written into config.yaml.</param>
/// <param name="Expect">Null if a text is a value of this kind, else what was expected.</param>
internal sealed record ConfigKey(string Section, string Name, string Default, string Description, Func<string, string?> Expect)
{
    /// <summary>It is not repeated: not in messages, not when the configuration is shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>section.name, as <c>--set</c> takes it.</summary>
    public string Path => Section.Length == 0 ? Name : $"{Section}.{Name}";

    /// <summary>section:name, as Microsoft.Extensions.Configuration has it.</summary>
    public string Entry => Path.Replace('.', ':');

    /// <summary>CHIA_SECTION_NAME.</summary>
    public string Variable => $"CHIA_{Path.Replace('.', '_').ToUpperInvariant()}";

    /// <summary>The value, once it is known to be one.</summary>
    /// <exception cref="UserException">It is none; the message begins with where it stands.</exception>
    public string Check(string value, string source) => Expect(value) is { } expected
        ? throw new UserException($"{source}: {Path} must be {expected}{(IsSecret ? "" : $", not '{value}'")}")
        : value;
}
