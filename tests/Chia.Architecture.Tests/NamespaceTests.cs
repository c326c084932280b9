using System.Reflection;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests
{
    /// <summary>Arrows between the namespaces of a room: they lead one way.</summary>
    public sealed class NamespaceTests
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
