using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Chia.Cluster.Tests.Support;

/// <summary>Stands before a PostgreSQL server and turns connections away as the server does that has too many.</summary>
internal sealed class CrowdedDatabase : IAsyncDisposable
{
    private const int EncryptionRequest = 80877103;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnectionStringBuilder _words;
    private readonly (string Host, int Port) _server;
    private readonly Task _accepting;
    private int _opened;
    private (int First, int Count) _away;

    public CrowdedDatabase(string connection)
    {
        _words = new NpgsqlConnectionStringBuilder(connection);
        _server = (_words.Host!, _words.Port);
        _listener.Start();
        (_words.Host, _words.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        _accepting = Accept();
    }

    /// <summary>How to come to the server through it.</summary>
    public string Connection => _words.ConnectionString;

    /// <summary>Connections asked for since <see cref="TurnAway"/>, those turned away included.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Counts anew, and turns away so many from one of them on; the first is number 0.</summary>
    public void TurnAway(int first, int count)
    {
        _away = (first, count);
        Volatile.Write(ref _opened, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task Accept()
    {
        var served = new List<Task>();
        try
        {
            while (true)
                served.Add(Serve(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        try
        {
            var stream = client.GetStream();
            var begins = await ReadStart(stream);
            if (BinaryPrimitives.ReadInt32BigEndian(begins.AsSpan(4)) == EncryptionRequest)
            {
                await stream.WriteAsync("N"u8.ToArray(), _end.Token);
                begins = await ReadStart(stream);
            }

            var number = Interlocked.Increment(ref _opened) - 1;
            if (number >= _away.First && number < _away.First + _away.Count)
                await stream.WriteAsync(TooMany(), _end.Token);
            else
                await Forward(stream, begins);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // Whoever asked is gone, or the test is over.
        }
    }

    private async Task Forward(NetworkStream client, byte[] begins)
    {
        using var server = new TcpClient { NoDelay = true };
        await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
        var stream = server.GetStream();
        await stream.WriteAsync(begins, _end.Token);
        // Whichever side ends, the other is ended by leaving.
        await await Task.WhenAny(client.CopyToAsync(stream, _end.Token), stream.CopyToAsync(client, _end.Token));
    }

    /// <summary>Length, itself included, and what follows.</summary>
    private async Task<byte[]> ReadStart(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, _end.Token);
        var all = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(all, 0);
        await stream.ReadExactlyAsync(all.AsMemory(4), _end.Token);
        return all;
    }

    private static byte[] TooMany()
    {
        var fields = Encoding.ASCII.GetBytes("SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0");
        var message = new byte[1 + 4 + fields.Length];
        message[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + fields.Length);
        fields.CopyTo(message, 5);
        return message;
    }
}
