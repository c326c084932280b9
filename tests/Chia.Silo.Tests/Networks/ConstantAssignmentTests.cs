using Chia.Protocol.Networks;
using Chia.Silo.Networks;

namespace Chia.Silo.Tests.Networks;

/// <summary>Constants as a person sets them on the command line.</summary>
public class ConstantAssignmentTests
{
    [Theory]
    [InlineData("constants.min_block_time=5")]
    [InlineData("constants.MIN_BLOCK_TIME=5")]
    public void A_constant_is_set_by_its_name(string assignment) =>
        Assert.Equal(5u, ConstantFields.Assign(new ConsensusConstants(), assignment).MinBlockTime);

    [Theory]
    [InlineData("min_block_time=5", "constants.NAME=VALUE")]
    [InlineData("constants.min_block_time", "constants.NAME=VALUE")]
    [InlineData("constants.minimum=5", "no constant 'minimum'")]
    [InlineData("constants.number_of_heads=0", "from 1 to 100")]
    [InlineData("constants.number_of_heads=-1", "from 1 to 100")]
    [InlineData("constants.number_of_heads=many", "from 1 to 100")]
    public void What_is_no_constant_or_no_value_of_it_is_refused(string assignment, string why) =>
        Assert.Contains(why, Assert.Throws<UserException>(() => ConstantFields.Assign(new ConsensusConstants(), assignment)).Message);

    [Theory]
    [InlineData(8, 5.1, 0)]
    [InlineData(6, 2.4, 7)]
    public void What_to_expect_is_said_with_the_plots_that_make_it_safe(int plots, double proofs, int more)
    {
        var made = new MadeNetwork(Testnet.Definition, plots, proofs);

        Assert.Equal(more, made.MorePlots);
        Assert.Equal(Math.Exp(-proofs), made.Unanswered, 6);
        Assert.Contains(more == 0 ? "has no answer" : $"{more} more plots make it safe", made.Expectation);
    }
}
