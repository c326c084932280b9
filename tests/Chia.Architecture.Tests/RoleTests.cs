using System.Reflection;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>One pattern for five roles (HOUSE 4): a role makes effects of events, and neither it nor what it is made of could send
/// anything.</summary>
public sealed class RoleTests
{
    private const string Logic = "Chia.Grains.Effects.IRoleLogic";
    private const string RoleGrain = "Chia.Grains.Effects.RoleGrain";

    private static readonly Assembly Grains = Assembly.Load("Chia.Grains");

    /// <summary>Whatever reaches a peer: its grain, a gateway's end, a stream, and those that hand these out.</summary>
    private static readonly string[] Senders =
    [
        "Orleans.IGrainFactory", "Orleans.IClusterClient", "Orleans.Grain", "Orleans.Streams.IAsyncStream`1",
            "Orleans.Streams.IStreamProvider",
        "Chia.GrainInterfaces.Peers.IPeerGrain", "Chia.GrainInterfaces.Peers.IPeerObserver",
        "Chia.GrainInterfaces.Broadcasts.IBroadcastGrain",
        "Chia.Grains.Effects.EffectRunner", "Chia.Grains.Effects.Outboxes",
    ];

    public static TheoryData<string> Roles => ["FullNode", "Farmer", "Harvester", "Timelord", "Introducer"];

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_sends_nothing(string role) =>
        Findings.None(TypesOf(role)
            .Where(type => !IsGrain(Outermost(type)))
            .SelectMany(
                type => NamespaceGraph.UsedBy(type).Select(used => used.FullName).Intersect(Senders)
                .Select(sender => $"{type} knows {sender}")));

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_has_one_logic_and_one_grain_around_it(string role)
    {
        Assert.Single(TypesOf(role), type => type.GetInterfaces().Any(i => i.FullName == Logic));
        Assert.Equal(RoleGrain, Assert.Single(TypesOf(role), IsGrain).BaseType!.FullName);
    }

    /// <summary>What two roles share lies below them, in <c>Effects</c> and <c>Work</c>.</summary>
    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_knows_no_other_role(string role) =>
        Findings.None(
            from type in TypesOf(role)
            from used in NamespaceGraph.UsedBy(type)
            where Roles.Any(other => other.Data != role && used.Namespace == $"Chia.Grains.{other.Data}")
            select $"{type} knows {used}");

    [Fact]
    public void Who_could_send_is_found() =>
        Assert.Contains(
            "Chia.GrainInterfaces.Peers.IPeerGrain", NamespaceGraph.UsedBy(Grains.GetType("Chia.Grains.Effects.Outboxes")!)
            .Select(t => t.FullName));

    private static IEnumerable<Type> TypesOf(string role) => Grains.GetTypes().Where(type => type.Namespace == $"Chia.Grains.{role}");

    private static bool IsGrain(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.FullName == "Orleans.Grain")
                return true;
        }

        return false;
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
