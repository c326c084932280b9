using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>Every test could fail.</summary>
public sealed class AssertionTests
{
    [Fact]
    public void Every_test_asserts_something() =>
        Findings.None(
            from project in Repository.TestSources.GroupBy(f => f.Split('/')[1])
            from name in TestMethods.WithoutAssertion(project.Select(Repository.Read))
            select $"{project.Key}: {name}");

    [Fact]
    public void There_are_tests() =>
        Assert.True(Repository.TestSources.SelectMany(f => TestMethods.In(Repository.Read(f))).Count(m => m.IsTest) > 1500);

    [Theory]
    [InlineData("[Fact]\npublic void A() { var b = 1; }")]
    [InlineData("[Theory]\n[InlineData(\"Assert.True\")]\npublic async Task<int> A(string x) => await Task.FromResult(x.Length);")]
    [InlineData("[Fact(Skip = \"x\")]\npublic void A() => B();\nprivate static void B() { /* Assert.True(true) */ }")]
    public void A_test_without_assertion_is_found(string source) => Assert.Equal(["A"], TestMethods.WithoutAssertion([source]));

    [Theory]
    [InlineData("[Fact]\npublic void A() => Assert.True(true);")]
    [InlineData("[Fact]\npublic void A() => Run(B);\nprivate static void B<T>(T x) { C(x); }\nprivate static void C(int x)\n{\n Assert.Equal(1, x); }")]
    [InlineData("[Fact, Trait(\"a\", \"b\")]\npublic void A()\n{\n if (true) { Findings.None([]); } }")]
    [InlineData("public void NoTest() { }")]
    public void A_test_that_asserts_is_left_alone(string source) => Assert.Empty(TestMethods.WithoutAssertion([source]));
}
