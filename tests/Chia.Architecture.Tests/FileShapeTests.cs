using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>One idea a file: a type with its small companions, the file named for the type, and short.</summary>
public sealed class FileShapeTests
{
    /// <summary>More lines are a question, to be answered here.</summary>
    private const int LineLimit = 400;

    /// <summary>A result with its kinds, an error with its reasons, a few records of one union: longer, and it is several ideas.</summary>
    private const int SharedLineLimit = 200;

    /// <summary>Files that are longer, and why.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Files that hold several types on more lines, and why.</summary>
    private static readonly Dictionary<string, string> SharedFiles = [];

    [Fact]
    public void A_file_is_named_for_its_type_and_companions_are_small() =>
        Findings.None(Repository.RoomSources.Where(f => !SharedFiles.ContainsKey(f)).SelectMany(f => Misfits(f, Repository.Read(f))));

    [Fact]
    public void Long_files_are_listed()
    {
        var files = Repository.RoomSources.Concat(Repository.TestSources);

        Findings.None(files.Where(f => Lines(Repository.Read(f)) > LineLimit).Except(LongFiles.Keys));
    }

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
            Misfits("grains/Block.cs", "namespace A;\nclass Block {\n" + new string('\n', SharedLineLimit) + "}\nclass Other { }"));

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
        else if (types.Count > 1 && Lines(source) > SharedLineLimit)
            yield return $"{path} holds {names} on {Lines(source)} lines";
    }

    private static int Lines(string source) => source.Count(c => c == '\n');

    private static bool IsNamedFor(string file, TopLevelTypes.Declared type) =>
        file == type.Name
        || file.StartsWith(type.Name + ".", StringComparison.Ordinal)
        || file.StartsWith(type.Name + "Of", StringComparison.Ordinal)
        || (type.IsPartial && file.StartsWith(type.Name, StringComparison.Ordinal));
}
