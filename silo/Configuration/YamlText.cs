using Chia.Storage.Files;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Configuration;

/// <summary>
/// Reads YAML, and JSON, which is YAML, from files that may hold anything. What our files never need is refused before a tree is built
/// from it: depth, since trees are walked recursively; aliases, of which a few lines make a tree without end; size.
/// </summary>
internal static class YamlText
{
    /// <summary>Levels; our own files have four.</summary>
    public const int MaxDepth = 32;

    /// <summary>Characters: as many as are read of a file.</summary>
    public const int MaxLength = SharedFile.MaxLength;

    /// <summary>The root of the only document, null if the text holds none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it comes from, for the message.</param>
    /// <param name="isSecret">True: what the parser says may quote the text, and is not repeated.</param>
    /// <exception cref="UserException">No YAML, or more than we read; names file and line.</exception>
    public static YamlNode? Parse(string text, string path, bool isSecret = false)
    {
        if (text.Length > MaxLength)
            throw new UserException($"{path}: has {text.Length} characters, and at most {MaxLength} are read");
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new UserException($"{path}: holds zero bytes, and is no text: a power loss may have emptied it; take it from a copy");
        try
        {
            Scan(text, path);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents switch
            {
                [] => null,
                [var document] => document.RootNode,
                _ => throw new UserException($"{path}: holds several documents, and one was expected"),
            };
        }
        catch (YamlException error)
        {
            throw new UserException($"{path}, line {error.Start.Line}: not valid YAML{(isSecret ? "" : $": {error.Message}")}");
        }
        catch (Exception error) when (
            error is ArgumentException or InvalidOperationException or FormatException or OverflowException or NullReferenceException)
        {
            // The parser's own slips on text that is no YAML.
            throw new UserException($"{path}: not valid YAML");
        }
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="UserException">It cannot be read, or is larger than what we read.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            return SharedFile.Read(path)
                ?? throw new FileNotFoundException("it is not there");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserException($"cannot read {path}: {FileFault.OfFile(path, error)}");
        }
    }

    private static void Scan(string text, string path)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case AnchorAlias alias:
                    throw new UserException(
                        $"{path}, line {alias.Start.Line}: aliases (*name) are not read here: write out what is meant");
                case { NestingIncrease: var change } node when (depth += change) > MaxDepth:
                    throw new UserException($"{path}, line {node.Start.Line}: nested more than {MaxDepth} levels deep");
            }
        }
    }
}
