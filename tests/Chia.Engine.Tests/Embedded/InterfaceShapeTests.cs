using Chia.Embedded.Engine;
using Orleans;

namespace Chia.Engine.Tests.Embedded;

/// <summary>Interfaces that cannot be called across processes are refused when they are first met.</summary>
public sealed class InterfaceShapeTests
{
    [Theory]
    [InlineData(typeof(IGenericMethod), "is generic")]
    [InlineData(typeof(IByReference), "has a parameter by reference")]
    [InlineData(typeof(ITwoTokens), "has more than one CancellationToken")]
    [InlineData(typeof(IVoid), "returns void")]
    [InlineData(typeof(INumber), "returns neither Task nor ValueTask")]
    public void Refused(Type type, string why)
    {
        var error = Assert.Throws<NotSupportedException>(() => InterfaceMap.Of(type));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_grain_or_callback_interface_is_refused()
    {
        Assert.Throws<ArgumentException>(() => InterfaceMap.Of(typeof(IDisposable)));
        Assert.Throws<ArgumentException>(() => InterfaceMap.Of(typeof(Grain)));
    }

    public interface IGenericMethod : IGrainWithStringKey
    {
        Task Call<T>(T value);
    }

    public interface IByReference : IGrainWithStringKey
    {
        Task Call(ref int value);
    }

    public interface ITwoTokens : IGrainWithStringKey
    {
        Task Call(CancellationToken one, CancellationToken two);
    }

    public interface IVoid : IGrainWithStringKey
    {
        void Call();
    }

    public interface INumber : IGrainWithStringKey
    {
        int Call();
    }
}
