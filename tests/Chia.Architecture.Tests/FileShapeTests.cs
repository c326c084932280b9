using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>One type a file, the file named for it, and short.</summary>
public sealed class FileShapeTests
{
    /// <summary>More lines are a question, to be answered here.</summary>
    private const int LineLimit = 400;

    /// <summary>Files that are longer, and why.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Files that hold several types, and why.</summary>
    private static readonly Dictionary<string, string> SharedFiles = [];

    [Fact]
    public void One_public_type_a_file_and_the_file_named_for_it() =>
        Findings.None(Repository.RoomSources.Where(f => !SharedFiles.ContainsKey(f)).SelectMany(f => Misfits(f, Repository.Read(f))));

    [Fact]
    public void Long_files_are_listed()
    {
        var files = Repository.RoomSources.Concat(Repository.TestSources);

        Findings.None(files.Where(f => Repository.Read(f).Count(c => c == '\n') > LineLimit).Except(LongFiles.Keys));
    }

    [Fact]
    public void Listed_exceptions_are_exceptions()
    {
        Assert.All(LongFiles.Keys, f => Assert.True(Repository.Read(f).Count(c => c == '\n') > LineLimit, f));
        Assert.All(SharedFiles.Keys, f => Assert.NotEmpty(Misfits(f, Repository.Read(f))));
    }

    [Theory]
    [InlineData("grains/Block.cs", "namespace A;\npublic sealed record Block(int X);\npublic enum Kind { A }")]
    [InlineData("grains/Block.cs", "namespace A;\npublic sealed record Blocks(int X);")]
    [InlineData("grains/Block.cs", "namespace A;\ninternal static class Other { }")]
    [InlineData("grains/Block.cs", "namespace A;\npublic delegate Task<int> Handler(string text);\npublic interface Block { }")]
    public void A_misfit_is_found(string path, string source) => Assert.NotEmpty(Misfits(path, source));

    [Theory]
    [InlineData("grains/Block.cs", "namespace A;\n[X(typeof(int))]\npublic readonly record struct Block(int X) { private enum Kind { A } }")]
    [InlineData("grains/Codec.Of.cs", "namespace A;\npublic abstract class Codec<T> : Codec where T : class\n{\n}")]
    [InlineData("grains/CodecOfResult.cs", "namespace A;\npublic abstract class Codec<T> { }")]
    [InlineData("grains/State.Proofs.cs", "namespace A;\npublic sealed partial class State { }")]
    [InlineData("silo/Program.cs", "return await Run(args);")]
    public void What_fits_is_left_alone(string path, string source) => Assert.Empty(Misfits(path, source));

    /// <summary>
    /// A file holds one type. Its name is the type's, with a suffix after a dot or without for a part of a partial type, or with "Of…" for
    /// the generic twin of a type.
    /// </summary>
    private static IEnumerable<string> Misfits(string path, string source)
    {
        var types = TopLevelTypes.In(source);
        if (types.Count > 1)
            yield return $"{path} holds {string.Join(", ", types.Select(t => t.Name))}";
        else if (types.Count == 1 && !IsNamedFor(Path.GetFileNameWithoutExtension(path), types[0]))
            yield return $"{path} holds {types[0].Name}";
    }

    private static bool IsNamedFor(string file, TopLevelTypes.Declared type) =>
        file == type.Name
        || file.StartsWith(type.Name + ".", StringComparison.Ordinal)
        || file.StartsWith(type.Name + "Of", StringComparison.Ordinal)
        || (type.IsPartial && file.StartsWith(type.Name, StringComparison.Ordinal));
}
