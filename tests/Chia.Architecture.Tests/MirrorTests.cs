using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>A room's tests lie as the room does: whoever has found the one has found the other.</summary>
public sealed class MirrorTests
{
    private const string Suffix = "Tests";

    /// <summary>What the tests of a room share.</summary>
    private const string Support = "Support";

    /// <summary>Folders of tests that no folder of their room answers to, and why.</summary>
    private static readonly Dictionary<string, string> FoldersOfTheirOwn = new()
    {
        ["Chia.Protocol.Tests/Wire"] = "captured sessions, through frames, registry and messages",
        ["Chia.Consensus.Tests/Reference"] = "the reference's chains, through every folder",
        ["Chia.Storage.Tests/Contract"] = "what each provider must pass",
        ["Chia.Grains.Tests/DeadEnds"] = "a network of all roles in memory",
        ["Chia.Silo.Tests/Documents"] = "what the documents say of the program",
    };

    [Fact]
    public void A_test_lies_in_the_folder_of_what_it_is_named_for() =>
        Findings.None(Misplaced(Repository.RoomSources, Repository.TestSources));

    [Fact]
    public void A_folder_of_tests_is_a_folder_of_the_room() =>
        Findings.None(Strange(Repository.RoomSources, Repository.TestSources).Except(FoldersOfTheirOwn.Keys));

    [Fact]
    public void Listed_exceptions_are_exceptions() =>
        Assert.Empty(FoldersOfTheirOwn.Keys.Except(Strange(Repository.RoomSources, Repository.TestSources)));

    [Theory]
    [InlineData("gateway/Connections/Entry/BanList.cs", "tests/Chia.Gateway.Tests/BanListTests.cs", 1)]
    [InlineData("gateway/Connections/Entry/BanList.cs", "tests/Chia.Gateway.Tests/Connections/BanListTests.cs", 1)]
    [InlineData("gateway/Connections/Entry/BanList.cs", "tests/Chia.Gateway.Tests/Connections/Entry/BanListTests.cs", 0)]
    [InlineData("grains/Chia.Sync/Machine/SyncMachine.Lists.cs", "tests/Chia.Sync.Tests/Targets/SyncMachineTests.cs", 1)]
    [InlineData("grains/Chia.Sync/Machine/SyncMachine.Lists.cs", "tests/Chia.Sync.Tests/Targets/SyncStartTests.cs", 0)]
    [InlineData("grains/Chia.Sync/Peers/PeerTable.cs", "tests/Chia.Grains.Tests/Sync/PeerTableTests.cs", 0)]
    public void A_misplaced_test_is_found(string source, string test, int expected) =>
        Assert.Equal(expected, Misplaced([source], [test]).Count());

    [Theory]
    [InlineData("silo/Api/Guards/TokenRule.cs", "tests/Chia.Silo.Tests/Guard/TokenTests.cs", 1)]
    [InlineData("silo/Api/Guards/TokenRule.cs", "tests/Chia.Silo.Tests/Api/TokenTests.cs", 0)]
    [InlineData("silo/Api/Guards/TokenRule.cs", "tests/Chia.Silo.Tests/Support/Tokens.cs", 0)]
    [InlineData("silo/Api/Guards/TokenRule.cs", "tests/Chia.Page.Tests/Guard/TokenTests.cs", 0)]
    public void A_strange_folder_is_found(string source, string test, int expected) =>
        Assert.Equal(expected, Strange([source], [test]).Count());

    private static IEnumerable<string> Misplaced(IEnumerable<string> sources, IEnumerable<string> tests)
    {
        var places = sources.Select(Of).ToLookup(s => (s.Room, s.Name), s => s.Folder);
        return from file in tests
               let test = Of(file)
               where test.Room.EndsWith('.' + Suffix, StringComparison.Ordinal) && test.Name.EndsWith(Suffix, StringComparison.Ordinal)
               let tested = places[(test.Room[..^(Suffix.Length + 1)], test.Name[..^Suffix.Length])]
               where tested.Any() && !tested.Contains(test.Folder)
               select $"{file}: what it tests lies in {tested.First()}";
    }

    /// <summary>Folders of a room's tests, the room's name before them, that the room has not.</summary>
    private static IEnumerable<string> Strange(IEnumerable<string> sources, IEnumerable<string> tests)
    {
        var folders = sources.Select(Of).SelectMany(s => Upwards(s.Folder).Select(f => (s.Room, Folder: f))).ToHashSet();
        var rooms = folders.Select(f => f.Room).ToHashSet();
        return (from test in tests.Select(Of)
                where test.Room.EndsWith('.' + Suffix, StringComparison.Ordinal) && test.Folder is not ("" or Support)
                let room = test.Room[..^(Suffix.Length + 1)]
                where rooms.Contains(room) && !folders.Contains((room, test.Folder))
                select $"{test.Room}/{test.Folder}").Distinct();
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (; folder.Length > 0; folder = Path.GetDirectoryName(folder)!)
            yield return folder;
    }

    /// <summary>The room or project of a file, the folder within it, and the name up to its first dot.</summary>
    private static (string Room, string Folder, string Name) Of(string file)
    {
        var name = Path.GetFileName(file).Split('.')[0];
        return file.Split('/') switch
        {
            ["silo", .. var inner, _] => ("Chia.Silo", string.Join('/', inner), name),
            ["gateway", .. var inner, _] => ("Chia.Gateway", string.Join('/', inner), name),
            [_, var project, .. var inner, _] => (project, string.Join('/', inner), name),
            _ => ("", "", name),
        };
    }
}
