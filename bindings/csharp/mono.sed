# mono.sed -- takes out what says whether a reference may be null: Mono's mcs is older than that.
# Types that are no classes (int?, DateTime?, TaskKind?) keep their mark, and so does `a?.b`.
/^#nullable/d
s/\b(string|object|byte\[\]|object\[\]|T|Edition|Failure|Handle|IcalOptions|IReference|ExceptionDispatchInfo|MergeOptions|Needs|Offset|Pathway|PfhException|Plan|PlanHead|PlanPoint|Policy|Record|TopicNeed)\?([][ )>,(])/\1\2/g
s/((Action|IEnumerable|IReadOnlyList)<[^<>]*>)\?([ )>,(])/\1\3/g
s/(operator [!=]=\([A-Za-z]+)\? left, ([A-Za-z]+)\? /\1 left, \2 /
s/(bool Equals\([A-Za-z]+)\? /\1 /
s/([A-Za-z0-9_)])!([;,.)])/\1\2/g
