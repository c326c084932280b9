using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Hostile;

/// <summary>Many peers of one mind against one node: they may be refused and thrown out, and come back as long as the attack
/// lasts.</summary>
internal sealed class Attack : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _attackers = [];
    private long _sent;

    /// <param name="port">The node's.</param>
    /// <param name="peers">How many.</param>
    /// <param name="next">The n-th message that an attacker sends; null when it has no more.</param>
    public Attack(int port, int peers, Func<int, Message?> next)
    {
        for (var i = 0; i < peers; i++)
            _attackers.Add(Run(port, next));
    }

    /// <summary>Messages sent so far, by all.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>A valid proof in another spelling: (a, b) and (a, b + 2ka) are the same class.</summary>
    public static ProofOfTime InAnotherSpelling(ProofOfTime proof, int k)
    {
        var b = new BigInteger(proof.Output.B.Span, isBigEndian: true) + (2 * k * new BigInteger(proof.Output.A.Span, isBigEndian: true));
        var moved = new byte[Math.Max(proof.Output.B.Length, b.GetByteCount())];
        Assert.True(b.TryWriteBytes(moved.AsSpan(moved.Length - b.GetByteCount()), out _, isBigEndian: true));
        return proof with { Output = proof.Output with { B = ByteString.Adopt(moved) } };
    }

    /// <summary>The block with another parent, which nobody has.</summary>
    public static FullBlock WithoutParent(FullBlock block)
    {
        var header = block.HeaderBlock.Header;
        var data = header.Data with { PrevHeaderHash = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size)) };
        return block with { HeaderBlock = block.HeaderBlock with { Header = header with { Data = data } } };
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_attackers);
        _over.Dispose();
    }

    private async Task Run(int port, Func<int, Message?> next)
    {
        var count = 0;
        while (!_over.IsCancellationRequested)
        {
            try
            {
                await using var peer = await TestPeer.Dial(port).WaitAsync(_over.Token);
                while (!peer.IsClosed && next(count++) is { } message)
                {
                    await peer.Send(message).WaitAsync(_over.Token);
                    Interlocked.Increment(ref _sent);
                }

                await peer.Closed.WaitAsync(_over.Token);
            }
            catch (Exception error) when (
                error is IOException or OperationCanceledException or InvalidOperationException or System.Net.Sockets.SocketException)
            {
                // Refused, or thrown out: that is what is being tested.
            }
        }
    }
}

/// <summary>Resident memory of a process, bytes.</summary>
internal static class Memory
{
    public static long Of(NodeProcess node)
    {
        using var process = Process.GetProcessById(node.Process.Id);
        return process.WorkingSet64;
    }
}
