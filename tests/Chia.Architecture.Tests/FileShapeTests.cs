using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>One idea a file: a type with its small companions, the file named for the type, and short.</summary>
public sealed partial class FileShapeTests
{
    /// <summary>More lines are a question, to be answered here.</summary>
    private const int LineLimit = 400;

    /// <summary>A result with its kinds, an error with its reasons, a few records of one union: longer, and it is several ideas, unless
    /// all but one are small.</summary>
    private const int SharedLineLimit = 200;

    /// <summary>Lines of all companions together that do not make a long file of one idea several.</summary>
    private const int CompanionLineLimit = 50;

    /// <summary>Lines of a file that is small enough to be part of another.</summary>
    private const int SmallFile = 30;

    /// <summary>Files of a folder that are still read as one list; more want folders of their own.</summary>
    private const int FolderLimit = 25;

    /// <summary>Files that are longer, and why.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Files that hold several types on more lines, and why.</summary>
    private static readonly Dictionary<string, string> SharedFiles = [];

    [Fact]
    public void A_file_is_named_for_its_type_and_companions_are_small() =>
        Findings.None(Repository.RoomSources.Where(f => !SharedFiles.ContainsKey(f)).SelectMany(f => Misfits(f, Repository.Read(f))));

    /// <summary>A result's kind, an exception's reason, what an event carries: whoever reads the one reads the other.</summary>
    [Fact]
    public void A_small_value_shares_the_file_of_the_only_one_that_uses_it() =>
        Findings.None(Strays([.. Repository.RoomSources.Select(f => (f, Repository.Read(f)))]));

    [Fact]
    public void Long_files_are_listed()
    {
        var files = Repository.RoomSources.Concat(Repository.TestSources);

        Findings.None(files.Where(f => Lines(Repository.Read(f)) > LineLimit).Except(LongFiles.Keys));
    }

    [Fact]
    public void A_folder_is_a_list_that_can_be_read() =>
        Findings.None(
            Repository.RoomSources.Concat(Repository.TestSources).CountBy(f => Path.GetDirectoryName(f)!)
                .Where(folder => folder.Value > FolderLimit).Select(folder => $"{folder.Key}: {folder.Value} files"));

    [Fact]
    public void Listed_exceptions_are_exceptions()
    {
        Assert.All(LongFiles.Keys, f => Assert.True(Lines(Repository.Read(f)) > LineLimit, f));
        Assert.All(SharedFiles.Keys, f => Assert.NotEmpty(Misfits(f, Repository.Read(f))));
    }

    [Theory]
    [InlineData("grains/Block.cs", "namespace A;\npublic sealed record Blocks(int X);")]
    [InlineData("grains/Block.cs", "namespace A;\ninternal static class Other { }")]
    [InlineData("grains/Block.cs", "namespace A;\npublic sealed record Blocks(int X);\npublic enum BlocksKind { A }")]
    public void A_misfit_is_found(string path, string source) => Assert.NotEmpty(Misfits(path, source));

    [Fact]
    public void Several_ideas_in_a_file_are_found() =>
        Assert.NotEmpty(
            Misfits("grains/Block.cs", $"namespace A;\nclass Block {{\n{Blank(SharedLineLimit)}}}\nclass Other {{\n{Blank(CompanionLineLimit)}}}\n"));

    [Fact]
    public void A_long_type_may_have_a_small_companion() =>
        Assert.Empty(Misfits("grains/Block.cs", $"namespace A;\nclass Block {{\n{Blank(SharedLineLimit)}}}\nenum Kind {{ }}\n"));

    [Theory]
    [InlineData("enum Kind { A }", "a/Result.cs", "record Result(Kind Kind);", 1)]
    [InlineData("record struct Kind(int A);", "a/Result.cs", "record Result(Kind Kind);", 1)]
    [InlineData("class KindException : Exception;", "a/Result.cs", "class Result { void F() => throw new KindException(); }", 1)]
    [InlineData("class Kind { }", "a/Result.cs", "record Result(Kind Kind);", 0)]
    [InlineData("enum Kind { A }", "b/Result.cs", "record Result(Kind Kind);", 0)]
    [InlineData("enum Kind { A }", "a/Result.cs", "record Result(OtherKind Kinds); // Kind", 0)]
    public void A_stray_value_is_found(string value, string user, string source, int expected) =>
        Assert.Equal(expected, Strays([("a/Kind.cs", value), (user, source)]).Count());

    [Fact]
    public void A_value_that_two_files_use_is_no_stray() =>
        Assert.Empty(Strays([("a/Kind.cs", "enum Kind { A }"), ("a/B.cs", "class B { Kind k; }"), ("c/C.cs", "class C { Kind k; }")]));

    private static string Blank(int lines) => new('\n', lines);

    [Theory]
    [InlineData("grains/Block.cs", "namespace A;\npublic sealed record Block(int X);\npublic enum BlockKind { A }")]
    [InlineData(
        "grains/Block.cs", "namespace A;\n[X(typeof(int))]\npublic readonly record struct Block(int X) { private enum Kind { A } }")]
    [InlineData("grains/Codec.Of.cs", "namespace A;\npublic abstract class Codec<T> : Codec where T : class\n{\n}")]
    [InlineData("grains/CodecOfResult.cs", "namespace A;\npublic abstract class Codec<T> { }")]
    [InlineData("grains/State.Proofs.cs", "namespace A;\npublic sealed partial class State { }")]
    [InlineData("silo/Program.cs", "return await Run(args);")]
    public void What_fits_is_left_alone(string path, string source) => Assert.Empty(Misfits(path, source));

    /// <summary>
    /// The name is that of a type in the file, with a suffix after a dot or without for a part of a partial type, or with "Of…" for the
    /// generic twin of a type.
    /// </summary>
    private static IEnumerable<string> Misfits(string path, string source)
    {
        var types = TopLevelTypes.In(source);
        var names = string.Join(", ", types.Select(t => t.Name));
        if (types.Count > 0 && !types.Any(t => IsNamedFor(Path.GetFileNameWithoutExtension(path), t)))
            yield return $"{path} holds {names}";
        else if (types.Count > 1 && Lines(source) > SharedLineLimit && CompanionLines(types, Lines(source)) > CompanionLineLimit)
            yield return $"{path} holds {names} on {Lines(source)} lines";
    }

    /// <summary>Files of a screen's half that hold nothing but values and exceptions, and that one other file of their folder mentions and
    /// no other file of any room.</summary>
    private static IEnumerable<string> Strays((string Path, string Source)[] files)
    {
        var words = files.ToDictionary(f => f.Path, f => Word().Matches(SourceText.Code(f.Source)).Select(m => m.Value).ToHashSet());
        foreach (var (path, source) in files.Where(f => Lines(f.Source) <= SmallFile))
        {
            var types = TopLevelTypes.In(source);
            if (types.Count == 0 || !types.All(t => t.IsValue))
                continue;
            var users = files.Select(f => f.Path).Where(f => f != path && types.Any(t => words[f].Contains(t.Name))).Take(2).ToArray();
            if (users is [var only] && Path.GetDirectoryName(only) == Path.GetDirectoryName(path))
                yield return $"{path} is used by {only} only";
        }
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    /// <summary>Lines that do not belong to the longest type.</summary>
    private static int CompanionLines(IReadOnlyList<TopLevelTypes.Declared> types, int lines) =>
        lines - types[0].Line - types.Select((type, i) => (i + 1 < types.Count ? types[i + 1].Line : lines) - type.Line).Max();

    private static int Lines(string source) => source.Count(c => c == '\n');

    private static bool IsNamedFor(string file, TopLevelTypes.Declared type) =>
        file == type.Name
        || file.StartsWith(type.Name + ".", StringComparison.Ordinal)
        || file.StartsWith(type.Name + "Of", StringComparison.Ordinal)
        || (type.IsPartial && file.StartsWith(type.Name, StringComparison.Ordinal));
}
