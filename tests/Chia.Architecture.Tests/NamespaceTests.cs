using System.Reflection;
using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests
{
    /// <summary>Arrows between the namespaces of a room: they lead one way.</summary>
    public sealed partial class NamespaceTests
    {
        /// <summary>Rooms without circles.</summary>
        public static TheoryData<string> Rooms =>
        [
            "Chia.Protocol", "Chia.GrainInterfaces", "Chia.Cryptography", "Chia.Consensus", "Chia.Sync", "Chia.Storage", "Chia.Grains",
                "Chia.Gateway",
            "chia",
        ];

        [Theory]
        [MemberData(nameof(Rooms))]
        public void No_namespaces_of_a_room_know_each_other(string room) =>
            Findings.None(new NamespaceGraph(Assembly.Load(room)).Circles());

        /// <summary>The order of the program's rooms stands in HOUSE 3, and is the code's.</summary>
        [Fact]
        public void Each_folder_of_the_program_knows_those_before_it_only()
        {
            var order = Order().Match(Repository.Read("docs/spec/HOUSE.md")).Groups[1].Value.Split(" → ").SelectMany(
                (names, step) => names.Split(", ").Select(name => (name, step))).ToDictionary();
            var arrows = new NamespaceGraph(Assembly.Load("chia")).Arrows.ToList();

            Assert.Equal(
                order.Keys.Order(),
                arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).Select(Folder).Where(f => f.Length > 0).Distinct().Order());
            Findings.None(
                from arrow in arrows
                let one = Folder(arrow.From)
                let other = Folder(arrow.To)
                where one.Length > 0 && other.Length > 0 && one != other && order[other] >= order[one]
                select arrow.Types);
        }

        private static string Folder(string name) => name.Split('.') is [_, "Silo", var folder, ..] ? folder : "";

        [GeneratedRegex(@"the program `chia`\. ([\w, →]+):")]
        private static partial Regex Order();

        /// <summary>Folders of a room that are chapters of one namespace, which others use as a whole.</summary>
        private static readonly string[] OneNamespace =
        [
            "Chia.Protocol.Messages", "Chia.Cryptography.Bls12381", "Chia.Cryptography.ClassGroups", "Chia.Cryptography.Plots",
            "Chia.Cryptography.Tests.Bls12381", "Chia.Cryptography.Tests.ClassGroups", "Chia.Cryptography.Tests.Plots",
        ];

        [Fact]
        public void A_namespace_is_found_in_its_folder() =>
            Findings.None(
                Repository.RoomSources.Concat(Repository.TestSources).SelectMany(f => Misplaced(f, Repository.Read(f))));

        [Theory]
        [InlineData("silo/Api/Guards/TokenRule.cs", "namespace Chia.Silo.Api;", 1)]
        [InlineData("silo/Api/Guards/TokenRule.cs", "namespace Chia.Silo.Api.Guards;", 0)]
        [InlineData("gateway/RoleGateway.cs", "namespace Chia.Gateway;", 0)]
        [InlineData("grains/Chia.Sync/Peers/PeerTable.cs", "namespace Chia.Sync.Requests;", 1)]
        [InlineData("grains/Chia.Cryptography/Bls12381/Fields/Fq.cs", "namespace Chia.Cryptography.Bls12381;", 0)]
        [InlineData("grains/Chia.Cryptography/Bls12381/Fields/Fq.cs", "namespace Chia.Cryptography;", 1)]
        public void A_misplaced_namespace_is_found(string file, string source, int expected) =>
            Assert.Equal(expected, Misplaced(file, source).Count());

        private static IEnumerable<string> Misplaced(string file, string source)
        {
            if (Declared().Match(source) is not { Success: true } declared)
                return [];
            var (folder, name) = (Of(Path.GetDirectoryName(file)!), declared.Groups[1].Value);
            return name == folder || (OneNamespace.Contains(name) && folder.StartsWith(name + '.', StringComparison.Ordinal))
                ? []
                : [$"{file}: {name} instead of {folder}"];
        }

        /// <summary>The namespace of a folder: rooms of one project lie at the root, the others in a folder of rooms.</summary>
        private static string Of(string folder) => folder.Split('/') switch
        {
            ["silo", .. var inner] => string.Join('.', ["Chia.Silo", .. inner]),
            ["gateway", .. var inner] => string.Join('.', ["Chia.Gateway", .. inner]),
            [_, .. var inner] => string.Join('.', inner),
            [] => "",
        };

        [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex Declared();

        [Fact]
        public void A_circle_is_found_in_members_and_in_code()
        {
            Assert.NotEmpty(new NamespaceGraph([typeof(CircleOne.Member), typeof(CircleTwo.Code)]).Circles());
            Assert.Empty(new NamespaceGraph([typeof(CircleOne.Member), typeof(CircleTwo.Alone)]).Circles());
        }
    }
}

namespace Chia.Architecture.Tests.CircleOne
{
    internal sealed class Member
    {
        public List<CircleTwo.Code[]> Codes { get; } = [];
    }
}

namespace Chia.Architecture.Tests.CircleTwo
{
    internal sealed class Code
    {
        public static int Count() => new CircleOne.Member().Codes.Count;
    }

    internal sealed class Alone;
}
