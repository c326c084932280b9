using System.Reflection;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Chia.GrainInterfaces.Tests;

/// <summary>
/// What the grains of the solution say to each other survives the way to another process. In one process nothing of it is
/// serialised, so that a type that cannot be would be noticed in a cluster only.
/// </summary>
public sealed class CrossingTests
{
    private static readonly Assembly[] Speakers = [typeof(IBlockchainGrain).Assembly, typeof(PeerDirectoryGrain).Assembly];

    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private static readonly Serializer Serializer = Services.GetRequiredService<Serializer>();

    public static TheoryData<string> Written =>
    [
        .. Speakers.SelectMany(a => a.GetTypes())
            .Where(t => t.IsDefined(typeof(GenerateSerializerAttribute)) && !t.IsNested)
            .Where(t => !t.Name.EndsWith("Surrogate", StringComparison.Ordinal))
            .Select(t => t.FullName!),
    ];

    public static TheoryData<string> Asked =>
    [
        .. Speakers.SelectMany(a => a.GetTypes())
            .Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t))
            .SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(ResultOf(m)))
            // What calls a question off is no part of what is asked: Orleans carries it beside the call.
            .Where(t => t != typeof(void) && t != typeof(CancellationToken) && !typeof(IAddressable).IsAssignableFrom(t))
            .Select(t => t.AssemblyQualifiedName!)
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Written))]
    public void A_value_is_read_as_it_was_written(string name)
    {
        var value = new Samples().Of(TypeOf(name));
        Assert.Null(Samples.Difference(value, Serializer.Deserialize<object>(Serializer.SerializeToArray(value))));
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void A_copy_is_equal(string name)
    {
        var value = new Samples().Of(TypeOf(name));
        Assert.Null(Samples.Difference(value, Services.GetRequiredService<DeepCopier>().Copy(value)));
    }

    [Theory]
    [MemberData(nameof(Asked))]
    public void Arguments_and_results_can_be_written(string name)
    {
        var type = Type.GetType(name)!;
        var value = new Samples().Of(type);
        var crossing = typeof(CrossingTests)
            .GetMethod(nameof(Crossed), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type);
        Assert.Null(Samples.Difference(value, crossing.Invoke(null, [value])));
    }

    [Fact]
    public void A_message_is_decoded_again_where_it_arrives()
    {
        var ping = new PingMessage();
        var sent = new PeerMessage(Protocol.MessageRegistry.Encode(ping)[sizeof(uint)..], Role.FullNode, Role.FullNode, ping);
        var arrived = Serializer.Deserialize<PeerMessage>(Serializer.SerializeToArray(sent))!;
        Assert.NotSame(sent, arrived);
        Assert.IsType<PingMessage>(arrived.Message);
    }

    [Fact]
    public void A_difference_is_seen()
    {
        var one = new Samples().Of(typeof(TipInfo));
        Assert.Null(Samples.Difference(one, new Samples().Of(typeof(TipInfo))));
        Assert.NotNull(Samples.Difference(one, (TipInfo)one with { NextIterationsPerSecond = 0 }));
        Assert.NotNull(Samples.Difference(new byte[][] { [1] }, new byte[][] { [2] }));
    }

    // As Orleans does: the type is known on both sides, and not written.
    private static T Crossed<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value))!;

    private static Type TypeOf(string name) => Speakers.Select(a => a.GetType(name)).First(t => t is not null)!;

    private static Type ResultOf(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(void);
}
