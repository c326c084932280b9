using Chia.Silo.Views;

namespace Chia.Silo.Tests.Views;

/// <summary>Durations, sizes and counts as people read them.</summary>
public sealed class AmountsTests
{
    [Theory]
    [InlineData(0, "00:00:00")]
    [InlineData(-5, "00:00:00")]
    [InlineData(59.9, "00:00:59")]
    [InlineData(86_399, "23:59:59")]
    [InlineData(86_400, "1 d 00:00:00")]
    [InlineData(3 * 86_400 + 3661, "3 d 01:01:01")]
    [InlineData(1e12, "over 9999 d")]
    [InlineData(double.PositiveInfinity, "over 9999 d")]
    [InlineData(double.MaxValue, "over 9999 d")]
    [InlineData(double.NaN, "00:00:00")]
    public void Durations(double seconds, string shown) => Assert.Equal(shown, Amounts.Duration(seconds));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1536 * 1024, "1.5 MiB")]
    [InlineData(1024.0 * 1024 * 1024 * 1024 * 1024 * 1024 * 1024 * 5, "5120.0 EiB")]
    public void Sizes(double bytes, string shown) => Assert.Equal(shown, Amounts.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1023, "1023")]
    [InlineData(1536 * 1024, "1.5M")]
    [InlineData(1000.0 * 1024 * 1024 * 1024, "1000.0G")]
    public void Sizes_for_columns(double bytes, string shown) => Assert.Equal(shown, Amounts.ShortBytes(bytes));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(double.NaN, "0s")]
    [InlineData(59.9, "59s")]
    [InlineData(250, "4m10s")]
    [InlineData(7500, "2h05m")]
    [InlineData(3 * 86_400 + 4 * 3600, "3d04h")]
    [InlineData(1e12, "9999d")]
    public void Durations_for_columns(double seconds, string shown) => Assert.Equal(shown, Amounts.ShortDuration(seconds));

    [Fact]
    public void Counts() => Assert.Equal("1,234,567", Amounts.Count(1_234_567));
}
