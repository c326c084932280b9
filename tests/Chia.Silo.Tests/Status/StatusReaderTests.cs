using System.Reflection;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Chia.Silo.Status;
using Chia.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;

namespace Chia.Silo.Tests.Status;

/// <summary>Who asks for the status is answered soon, also while a silo has just died: with what is away.</summary>
public sealed class StatusReaderTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_grain_that_does_not_answer_is_named_and_whoever_asks_next_asks_anew()
    {
        var cluster = DispatchProxy.Create<IClusterClient, Silent>();
        var lifetime = DispatchProxy.Create<IHostApplicationLifetime, Silent>();
        RoleSettings[] roles = [new RoleSettings(Role.FullNode, 0)];
        var settings = new NodeSettings { Network = Testnet.Definition, Root = "/nonexistent", Roles = roles };
        var reader = new StatusReader(cluster, settings, Options.Create(new PeerDirectoryOptions()), _time, lifetime);
        for (var i = 0; i < 2; i++)
        {
            var status = reader.ReadReport();
            Assert.False(status.IsCompleted);
            _time.Advance(StatusReader.Patience);
            var error = await Assert.ThrowsAsync<TimeoutException>(() => status);
            Assert.StartsWith("its chain is away", error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A cluster of which only the list of peers answers.</summary>
    public class Silent : DispatchProxy
    {
        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var result = targetMethod!.ReturnType;
            if (targetMethod.Name == "GetGrain")
            {
                var create = typeof(DispatchProxy).GetMethod(nameof(Create), 2, [])!;
                return create.MakeGenericMethod(result, typeof(Silent)).Invoke(null, null);
            }

            if (result == typeof(Task<PeerConnection[]>))
                return Task.FromResult<PeerConnection[]>([]);
            if (result == typeof(CancellationToken))
                return CancellationToken.None;
            var never = Activator.CreateInstance(typeof(TaskCompletionSource<>).MakeGenericType(result.GenericTypeArguments))!;
            return never.GetType().GetProperty("Task")!.GetValue(never);
        }
    }
}
