/* consumer.c -- somebody's program: the smallest one that needs all of the library, cJSON too. */
#include <pfh/pfh.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
    static const char document[] =
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
        "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":[]}";
    pfh_pathway *pathway = NULL;
    pfh_plan *plan = NULL;
    pfh_date as_of;
    pfh_error err;

    if (pfh_pathway_parse(&pathway, document, strlen(document), &err) != PFH_OK ||
        pfh_date_parse(&as_of, "2026-04-20", &err) != PFH_OK ||
        pfh_plan_derive(&plan, pathway, NULL, as_of, &err) != PFH_OK) {
        fprintf(stderr, "%s: %s\n", err.where, err.text);
        return 1;
    }
    printf("%s %s\n", pfh_version(), pfh_pathway_id(pathway));
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
    return 0;
}
