using System.Net;
using System.Net.Sockets;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway.Dialling;
using Chia.Gateway.Tests.Support;
using Chia.Protocol.Addresses;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Gateway.Tests.Dialling;

/// <summary>Dials over real sockets of this machine.</summary>
public sealed class DiallerTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly PeerAddress _target;

    public DiallerTests()
    {
        _listener.Start();
        _target = PeerAddress.Of("127.0.0.1", (ushort)((IPEndPoint)_listener.LocalEndpoint).Port);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Who_listens_is_reached()
    {
        using var dialler = Dialler();
        await using var connection = await dialler.Dial(_target, TestContext.Current.CancellationToken).InTime();
        Assert.NotNull(connection);
        using var accepted = await _listener.AcceptSocketAsync().InTime();
        await connection.Transport.Output.WriteAsync(new byte[] { 7 }, TestContext.Current.CancellationToken);
        var received = new byte[1];
        Assert.Equal(1, await accepted.ReceiveAsync(received, TestContext.Current.CancellationToken));
        Assert.Equal(7, received[0]);
    }

    /// <summary>Without it Linux took 4 MB of what each peer did not read, beside every limit of ours.</summary>
    [Fact]
    public async Task What_a_peer_does_not_read_is_not_the_systems_to_keep()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int Most = 4 << 20;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        var connecting = socket.ConnectAsync("127.0.0.1", _target.Port, TestContext.Current.CancellationToken);
        using var peer = await _listener.AcceptSocketAsync().InTime();
        await connecting;
        peer.ReceiveBufferSize = 2048;
        PeerSocket.Prepare(socket);
        var (taken, piece) = (0, new byte[16 << 10]);
        while (taken < Most && socket.Send(piece, SocketFlags.None, out var error) is var sent and > 0 && error == SocketError.Success)
            taken += sent;
        Assert.InRange(taken, GatewayLimits.UnsentInSystem / 2, Most / 2);
    }

    /// <summary>Each was a stack trace in the log, as many as a stranger cared to open and reset.</summary>
    [Fact]
    public void A_connection_that_has_ended_before_it_began_is_no_fault()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        Assert.Null(Record.Exception(() => PeerSocket.Prepare(socket)));
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_connection()
    {
        // Held, so that nobody else is given it, and not listened on.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var dialler = Dialler();
        var target = PeerAddress.Of("127.0.0.1", (ushort)((IPEndPoint)held.LocalEndPoint!).Port);
        Assert.Null(await dialler.Dial(target, TestContext.Current.CancellationToken).InTime());
    }

    [Fact]
    public async Task A_dial_that_nobody_waits_for_is_given_up()
    {
        using var dialler = Dialler();
        var canceled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialler.Dial(_target, canceled).InTime());
    }

    [Fact]
    public async Task Beyond_a_cut_nobody_is_dialled_and_what_is_dialled_is_known_to_the_next_cut()
    {
        var cut = new Cut();
        using var dialler = Dialler(cut);
        await using var connection = await dialler.Dial(_target, TestContext.Current.CancellationToken).InTime();
        Assert.Equal([(_target, connection)], cut.Dialled);
        cut.IsCut = true;
        Assert.Null(await dialler.Dial(_target, TestContext.Current.CancellationToken).InTime());
        Assert.Single(cut.Dialled);
    }

    [Fact]
    public void An_address_is_claimed_by_one_at_a_time()
    {
        using var dialler = Dialler();
        var claim = dialler.TryClaim(_target);
        Assert.NotNull(claim);
        Assert.Null(dialler.TryClaim(_target));
        claim.Dispose();
        Assert.NotNull(dialler.TryClaim(_target));
    }

    private static Dialler Dialler(IPartition? partition = null) => new(
        new GatewayOptions { Role = Role.FullNode, Network = Testnet.Definition, Partition = partition }, NullLogger.Instance);

    private sealed class Cut : IPartition
    {
        public bool IsCut { get; set; }

        public List<(PeerAddress Target, ConnectionContext? Connection)> Dialled { get; } = [];

        public bool Separates(PeerAddress target) => IsCut;

        public void Connected(PeerAddress target, ConnectionContext connection) => Dialled.Add((target, connection));
    }
}
