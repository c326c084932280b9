using System.Buffers;
using System.Security.Cryptography;
using Chia.Gateway.Connections;
using Chia.Gateway.Connections.Frames;
using Chia.Protocol.Addresses;
using Chia.Protocol.Handshake;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Microsoft.AspNetCore.Connections;

namespace Chia.Gateway.Dialling;

/// <summary>
/// Tries an address out: dials it, shakes hands, hangs up. An open port alone says little; a handshake says that a full node of this
/// network lives there. It uses a node id of its own, since a peer that is connected to us would refuse ours as a duplicate.
/// </summary>
internal sealed class PeerProbe(LinkServices services, IDialler dialler)
{
    /// <summary>True if a full node answers at this address.</summary>
    public async Task<bool> IsFullNode(PeerAddress target, CancellationToken stopping)
    {
        var connection = await dialler.Dial(target, stopping).ConfigureAwait(false);
        if (connection is null)
            return false;
        await using (connection.ConfigureAwait(false))
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            deadline.CancelAfter(services.Limits.HandshakeTimeout);
            try
            {
                return await Handshake(connection, deadline.Token).ConfigureAwait(false) == Role.FullNode;
            }
            catch (Exception error) when (
                error is OperationCanceledException or IOException or ConnectionAbortedException or ConnectionResetException)
            {
                stopping.ThrowIfCancellationRequested();
                return false;
            }
            finally
            {
                await connection.Transport.Input.CompleteAsync().ConfigureAwait(false);
                await connection.Transport.Output.CompleteAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The peer's role, or null if the handshake fails.</summary>
    private async Task<Role?> Handshake(ConnectionContext connection, CancellationToken cancellation)
    {
        var identity = services.Identity with { NodeId = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size)) };
        var machine = new HandshakeMachine(identity, new HandshakePolicy(services.Options.Network.AcceptAnyNetworkId));
        var effects = machine.Start();
        while (true)
        {
            while (effects.Count > 0)
            {
                var next = effects[^1];
                foreach (var effect in effects.OfType<HandshakeEffect.WriteFrame>())
                    connection.Transport.Output.Write(effect.Frame.Span);
                await connection.Transport.Output.FlushAsync(cancellation).ConfigureAwait(false);
                if (next is HandshakeEffect.Established established)
                    return established.Peer.Role;
                if (next is HandshakeEffect.Fail)
                    return null;
                effects = next is HandshakeEffect.Register ? machine.Registered(RegistrationOutcome.Accepted) : [];
            }

            var frame = await HandshakeFrame.Read(connection.Transport.Input, cancellation).ConfigureAwait(false);
            if (frame.Payload is not { } payload)
                return null;
            effects = machine.Receive(payload);
        }
    }
}
