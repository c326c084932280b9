using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chia.Functional.Tests.Peers;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Hostile;

/// <summary>
/// An honest peer that asks for one block again and again and measures how long it waits. It has a thread of its own and blocks on its
/// socket: among the continuations of a hundred attackers in the same process it would measure those.
/// </summary>
internal sealed class PatientAsker : IDisposable
{
    private const int Questions = 500;

    /// <summary>Fewer questions a second than a peer may ask: else it would wait for its own limit, and not for others.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;
    private readonly byte[] _question;
    private readonly byte[] _answer;

    private PatientAsker(Socket socket, FullBlock asked)
    {
        _socket = socket;
        _question = MessageRegistry.Encode(new RequestBlockMessage(asked.HeaderHash()));
        _answer = MessageRegistry.Encode(new BlockMessage(asked));
    }

    public static Task<PatientAsker> Dial(int port, FullBlock asked) => OnThread(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        { NoDelay = true, ReceiveTimeout = (int)GiveUp.TotalMilliseconds };
        socket.Connect(IPAddress.Loopback, port);
        var asker = new PatientAsker(socket, asked);
        socket.Send(MessageRegistry.Encode(TestPeer.NewIdentity(Role.FullNode).ToMessage()));
        asker.Read();
        socket.Send(MessageRegistry.Encode(new HandshakeAckMessage()));
        return asker;
    });

    /// <summary>How long 99 of 100 questions wait at most.</summary>
    public Task<TimeSpan> Wait99() => OnThread(() =>
    {
        var waits = new List<TimeSpan>();
        for (var i = 0; i < Questions; i++)
        {
            var began = Stopwatch.GetTimestamp();
            _socket.Send(_question);
            while (!Read().AsSpan().SequenceEqual(_answer.AsSpan(sizeof(uint))))
                Assert.True(Stopwatch.GetElapsedTime(began) < GiveUp, "the block did not come");
            waits.Add(Stopwatch.GetElapsedTime(began));
            _socket.Poll(Pause, SelectMode.SelectRead); // Until the next question, or until the node says something by itself.
        }

        return waits.Order().ElementAt(waits.Count * 99 / 100);
    });

    public void Dispose() => _socket.Dispose();

    /// <summary>The next frame without its length.</summary>
    private byte[] Read() => Read((int)BinaryPrimitives.ReadUInt32BigEndian(Read(sizeof(uint))));

    private byte[] Read(int length)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var more = _socket.Receive(bytes.AsSpan(read));
            Assert.True(more > 0, "the node closed the honest peer's connection");
            read += more;
        }

        return bytes;
    }

    private static Task<T> OnThread<T>(Func<T> run) => Task.Factory.StartNew(
        run, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
