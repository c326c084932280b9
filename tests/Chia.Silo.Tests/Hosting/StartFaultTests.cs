using System.Net.Sockets;
using Chia.Silo.Hosting;
using Chia.Storage.Errors;
using Microsoft.AspNetCore.Connections;

namespace Chia.Silo.Tests.Hosting;

/// <summary>Whatever a failed start is wrapped in, one line says why.</summary>
public sealed class StartFaultTests
{
    public static TheoryData<Exception> Told =>
    [
        new StoreUnavailableException("blocks.db", "no room"), new UserException("no such network"), new InvalidDataException("torn"),
    ];

    [Theory]
    [MemberData(nameof(Told))]
    public void What_says_by_itself_what_to_do_is_told_as_it_is(Exception fault)
    {
        Assert.Same(fault, StartFault.Explain(fault));
        Assert.Same(fault, StartFault.Explain(new InvalidOperationException("stage failed", new IOException("x", fault))));
    }

    [Fact]
    public void A_port_that_is_in_use_is_named_with_what_to_do()
    {
        var bind = new IOException(
            "Failed to bind to address 127.0.0.1:8444: address already in use.", new AddressInUseException("in use"));
        var line = Assert.IsType<UserException>(StartFault.Explain(bind)).Message;
        Assert.Contains("127.0.0.1:8444", line, StringComparison.Ordinal);
        Assert.Contains("choose another port", line, StringComparison.Ordinal);
        Assert.Equal(line, StartFault.Explain(new AggregateException("some failed", new TaskCanceledException(), bind)).Message);
    }

    [Fact]
    public void A_machine_that_is_too_busy_to_start_a_node_is_named() =>
        Assert.Contains(
            "too busy",
            Assert.IsType<UserException>(StartFault.Explain(new AggregateException(new TimeoutException("of Orleans, two lines\nlong"))))
                .Message, StringComparison.Ordinal);

    [Fact]
    public void A_socket_that_may_not_listen_is_told_and_anything_else_stays_what_it_is()
    {
        var denied = new IOException("x", new SocketException((int)SocketError.AccessDenied));
        Assert.StartsWith(
            "cannot listen: ", Assert.IsType<UserException>(StartFault.Explain(denied)).Message, StringComparison.Ordinal);
        var unknown = new InvalidOperationException("a fault of ours");
        Assert.Same(unknown, StartFault.Explain(unknown));
    }
}
